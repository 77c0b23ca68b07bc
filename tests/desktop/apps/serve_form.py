#!/usr/bin/env python3
"""Serves form.html on two ports of 127.0.0.1, which are two origins, and prints what the pages report.

    tests/desktop/apps/serve_form.py [PORTS]

The first line names the ports: {"ports": [8123, 8124]}. Each later line is one report of a page (see form.html).
Ends when its standard input does.
"""
import http.server
import json
import pathlib
import sys
import threading

PAGE = pathlib.Path(__file__).with_name("form.html").read_bytes()
LOCK = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        found = self.path.split("?")[0] in ("/", "/form.html")
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if found:
            self.wfile.write(PAGE)

    def do_POST(self):
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(204)
        self.end_headers()
        with LOCK:
            for each in told if isinstance(told, list) else [told]:
                each["port"] = self.server.server_port
                print(json.dumps(each), flush=True)

    def log_message(self, *_):
        pass


def main():
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 2)]
    print(json.dumps({"ports": [server.server_port for server in servers]}), flush=True)
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
