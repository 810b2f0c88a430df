// The ways to switch off the verification of TLS certificates in programs other than curl and wget.
#pragma once
#include <string_view>

namespace plimsoll::rules::commands {

// A variable, and the value that switches the verification off; empty: any, even none.
struct TlsVariable {
  std::string_view name, off, program, checkov;
};
inline constexpr TlsVariable kTlsVariables[] = {
    {"BUNDLE_SSL_VERIFY_MODE", "0", "Bundler", ""},                     // bundle-config(1)
    {"CONDA_SSL_VERIFY", "false", "conda", ""},                         // conda, "ssl_verify"
    {"GIT_SSL_NO_VERIFY", "", "git", "CKV2_DOCKER_14"},                 // git(1)
    {"NODE_TLS_REJECT_UNAUTHORIZED", "0", "Node.js", "CKV2_DOCKER_6"},  // node(1)
    {"NPM_CONFIG_STRICT_SSL", "false", "npm", "CKV2_DOCKER_12"},        // npm, config, "strict-ssl"
    {"npm_config_strict_ssl", "false", "npm", "CKV2_DOCKER_12"},
    {"PIP_TRUSTED_HOST", "", "pip", "CKV2_DOCKER_16"},      // pip, "--trusted-host"
    {"PERL_LWP_SSL_VERIFY_HOSTNAME", "0", "Perl", ""},      // LWP::UserAgent
    {"PYTHONHTTPSVERIFY", "0", "Python", "CKV2_DOCKER_5"},  // PEP 493
    {"YARN_ENABLE_STRICT_SSL", "false", "yarn", ""},        // yarn, yarnrc, "enableStrictSsl"
};

// An option of a program. With `value` it is two words, or one joined by `=`; else one word,
// perhaps with `=…` behind it.
struct TlsOption {
  std::string_view program, option, value, checkov;
  [[nodiscard]] constexpr std::string_view shown() const {
    return option == "--setopt" ? value : option;
  }
};
inline constexpr TlsOption kTlsOptions[] = {
    {"apt", "acquire::https::verify-peer", "false", ""},  // apt-transport-https(1)
    {"composer", "disable-tls", "true", ""},
    {"conda", "ssl_verify", "false", ""},
    {"conda", "ssl_verify", "False", ""},
    {"dnf", "--setopt", "sslverify", "CKV2_DOCKER_15"},  // off, for all or for one repository
    {"git", "http.sslverify", "false", ""},
    {"git", "http.sslverify", "0", ""},
    {"npm", "--strict-ssl", "false", "CKV2_DOCKER_13"},
    {"npm", "--no-strict-ssl", "", "CKV2_DOCKER_13"},
    {"npm", "strict-ssl", "false", "CKV2_DOCKER_13"},
    {"pip", "--trusted-host", "", "CKV2_DOCKER_4"},
    {"pip", "global.trusted-host", "", ""},
};

}  // namespace plimsoll::rules::commands
