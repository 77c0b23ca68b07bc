#pragma once

#include <string_view>

#include <overt/redact/word_list.hpp>

namespace overt::inline v0::redact {

/// Words that stand in the paths of pages and in no menu. Written for this library.
inline constexpr std::string_view route_words =
    "addresses ajax announcements apps asset assets auth backlog bans blame bookings bulk callback "
    "campaign campaigns careers challenge classes cms companies config contracts coupons course "
    "courses crm de deals discounts dist doc docs employees en es facets favicon fr graphql health "
    "helpdesk hr idp img imprint incidents js kanban landing logincallback manifest market marketing "
    "mfa monitoring nl node nodes oauth oauth2 onboarding openid orgs otp patient patients proposals "
    "pulls queues redirect repo repos rest robots runner saml specs sprint sprints src sso staff "
    "stats sw tenants timesheet timesheets todo totp v visits volumes ws www";

/// Words of a path behind which comes whose or which: a person, a company, a thing. What follows one of these
/// is not told, unless it is one of `words_beside_names`.
inline constexpr std::string_view words_before_names =
    "accounts album albums author authors branch branches category channel channels chat chats client "
    "clients companies company contact contacts conversation conversations customer customers "
    "document documents employees file files folder folders forgot group groups invitations invites "
    "item items label labels link list lists member members message messages name note notebooks "
    "notes organization organizations orgs owner owners pages partner partners password patient "
    "patients people person photo photos post posts product products profile profiles project "
    "projects repo repos signup site sites space spaces staff student students subject team teams "
    "tenants thread threads user users video videos volumes workspace workspaces";

/// Words of a path behind which comes a token, or what was looked for: it is never told.
inline constexpr std::string_view words_before_tokens =
    "blog by callback claim code confirm download edit from id invitation invite join key keys q "
    "query r redirect register reset s search share shared subscribe tag tags token tokens topic "
    "topics track tracking u unsubscribe value verify watch wiki with";

/// Words that stand where a name could, and are what is done rather than whom it is done to.
inline constexpr std::string_view words_beside_names =
    "active add all api archive archived assign bulk cancel complete confirm confirmation create "
    "current delete details done edit error export failed forgot import invite list login logout "
    "manage me merge move new overview page password permissions preferences preview print public "
    "recent remove request reset search security settings share shared signin signup start stats "
    "status submit success summary trash update upload verify view";

} // namespace overt::inline v0::redact
