#include "peers.hpp"

#include <webp/encode.h>

bool overt_benchmark::encode_webp(std::span<std::uint32_t const> pixels, overt::picture_size size, int level,
                                  std::string& out) {
  WebPConfig config;
  WebPPicture picture;
  WebPMemoryWriter memory;
  WebPMemoryWriterInit(&memory);
  if (WebPConfigInit(&config) == 0 || WebPConfigLosslessPreset(&config, level) == 0 ||
      WebPPictureInit(&picture) == 0) {
    return false;
  }
  picture.use_argb = 1;
  picture.width = size.width;
  picture.height = size.height;
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &memory;
  bool const made = WebPPictureImportBGRX(&picture, reinterpret_cast<std::uint8_t const*>(pixels.data()),
                                          size.width * 4) != 0 &&
                    WebPEncode(&config, &picture) != 0;
  out.assign(reinterpret_cast<char const*>(memory.mem), memory.size);
  WebPPictureFree(&picture);
  WebPMemoryWriterClear(&memory);
  return made;
}
