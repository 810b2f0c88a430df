// Names, values, forms and files of secrets. The tokens here are made up.
#include "data/names.h"

#include <doctest/doctest.h>

#include <string>

namespace names_test {

using namespace plimsoll::data;

TEST_CASE("names that a program reads its credential from") {
  for (const char* name : {"AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "GITHUB_TOKEN",
                           "NPM_TOKEN", "POSTGRES_PASSWORD", "MYSQL_ROOT_PASSWORD",
                           "SECRET_KEY_BASE", "postgres_password", "REDISCLI_AUTH", "MYSQL_PWD"}) {
    INFO(name);
    CHECK(secret_name(name) == SecretName::well_known);
  }
}

TEST_CASE("names that look like a credential's") {
  for (const char* name :
       {"MY_PASSWORD", "ROOT_PASS", "ADMIN_PWD", "SHOP_SECRET", "X_TOKEN", "apiKey", "myApiKey",
        "ACME_API_KEY", "acme-private-key", "spring.datasource.password", "DBPASSWORD",
        "OAUTH2_CLIENT_SECRET", "NPM_AUTH", "PASSWORD_2", "ADMIN_PASSWORD1", "clientSecret",
        "DEPLOY_CREDENTIALS", "JWT_KEY", "REFRESH_TOKEN"}) {
    INFO(name);
    CHECK(secret_name(name) == SecretName::suspicious);
  }
}

TEST_CASE("names that only point at a secret, or mean something else") {
  for (const char* name : {"DB_PASSWORD_FILE",
                           "POSTGRES_PASSWORD_FILE",
                           "TOKEN_URL",
                           "TOKEN_TTL",
                           "KEY_ID",
                           "PUBLIC_KEY",
                           "SSH_PUBLIC_KEY",
                           "SECRET_NAME",
                           "PASSWORD_MIN_LENGTH",
                           "passwordFile",
                           "PWD",
                           "OLDPWD",
                           "GPG_KEY",
                           "GPG_KEYS",
                           "SSH_AUTH_SOCK",
                           "AUTH_TYPE",
                           "AUTH_URL",
                           "MAX_TOKENS",
                           "TOKENIZERS_PARALLELISM",
                           "COMPASS_VERSION",
                           "MONKEY",
                           "SECRETARY",
                           "CACHE_KEY",
                           "SORT_KEY",
                           "KEYMAP",
                           "MYSQL_ALLOW_EMPTY_PASSWORD",
                           "MYSQL_RANDOM_ROOT_PASSWORD",
                           "NEXT_PUBLIC_API_KEY",
                           "PASSWORD_HASH",
                           "NODE_VERSION",
                           "PATH",
                           "AUTHOR",
                           "USERNAME",
                           "DB_USER",
                           "BYPASS",
                           "SSL_CERT_FILE",
                           "",
                           "_",
                           "KEY",
                           "SECRET_ARN",
                           "JWT_SECRET_LENGTH",
                           "PYTHON_SHA256",
                           "npm_config_cache"}) {
    INFO(name);
    CHECK(secret_name(name) == SecretName::no);
  }
}

TEST_CASE("values that are no secret") {
  for (const char* value : {"",
                            "true",
                            "False",
                            "\"\"",
                            "''",
                            "0",
                            "1",
                            "999",
                            "none",
                            "/run/secrets/db_password",
                            "$DB_PASSWORD",
                            "${DB_PASSWORD}",
                            "\"${DB_PASSWORD:?must be set}\"",
                            "${A}${B}",
                            "${A:-}",
                            "$(cat /run/secrets/x)",
                            "{{ vault_password }}",
                            "${{ secrets.TOKEN }}",
                            "op://vault/item",
                            "ENC[AES256_GCM,data:x]"}) {
    INFO(value);
    CHECK(harmless_value(value));
  }
  for (const char* value : {"changeme", "postgres", "hunter2", "1234", "${A:-hunter2}", "pre$A",
                            "s3cr$t", "$$literal", "x", "$2y$10$abc"}) {
    INFO(value);
    CHECK_FALSE(harmless_value(value));
  }
}

// In two pieces, so that no scanner takes this file for a leak.
static std::string_view shape(std::string_view start, std::string_view rest) {
  return secret_shape(std::string(start) + std::string(rest));
}

TEST_CASE("forms of known credentials") {
  CHECK(shape("AKIA", "Q7MNB2XK4JTRWVE5") == "AWS access key");
  CHECK(shape("token=ghp_", "kr8eEe4VpQ2mZt7LwXcBnD5sFgHjK1aYuI3o") == "GitHub token");
  CHECK(
      shape("github_pat_",
            "11ABCDEFG0aBcDeFgHiJkL_kr8eEe4VpQ2mZt7LwXcBnD5sFgHjK1aYuI3okr8eEe4VpQ2mZt7LwXcBnDx") ==
      "GitHub token");
  CHECK(shape("//registry.npmjs.org/:_authToken=npm_", "kr8eEe4VpQ2mZt7LwXcBnD5sFgHjK1aYuI3o") ==
        "npm token");
  CHECK(shape("glpat-", "OonPOnYwkR4t_ZxQ-7bL") == "GitLab token");
  CHECK(shape("xoxb-", "123456789012-1234567890123-kr8eEe4VpQ2mZt7LwXcBnD5s") == "Slack token");
  CHECK(shape("AIza", "x9aR8ioGIB1nXSyMWxCoKH1F9Lf2KSeZBt8") == "Google API key");
  CHECK(shape("sk_live_", "kr8eEe4VpQ2mZt7LwXcBnD5s") == "Stripe key");
  CHECK(shape("SG.", "kr8eEe4VpQ2mZt7LwXcBnD.kr8eEe4VpQ2mZt7LwXcBnD5sFgHjK1aYuI3oPq9rS2t") ==
        "SendGrid key");
  CHECK(shape("-----BEGIN RSA ", "PRIVATE KEY-----\\nMIIE") == "private key");
  CHECK(shape("-----BEGIN ", "PRIVATE KEY-----") == "private key");
  CHECK(shape("eyJhbGciOiJIUzI1NiJ9.",
              "eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U") ==
        "JSON Web Token");
  CHECK(shape("hvs.", "CAESIJ7kQw3ZbXr5TnLm8VpYcD2e") == "Vault token");
  CHECK(shape("dckr_pat_", "x9aR8ioGIB1nXSyMWxCoKH1F9Lf") == "Docker Hub token");
  CHECK(shape("DefaultEndpointsProtocol=https;AccountKey=",
              "kr8eEe4VpQ2mZt7LwXcBnD5sFgHjK1aYuI3okr8eEe4VpQ2mZt7LwXcBnD5sFgHjK1aYuI3oABCDEFGHIJKL"
              "MN==") == "Azure storage key");
}

TEST_CASE("what only begins like a credential") {
  for (const char* text :
       {"npm_config_cache", "npm_config_registry=https://registry.npmjs.org", "ghp_short",
        "AKIAIOSFODNN7EXAMPLE", "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "-----BEGIN CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----", "AKIAQ7MNB2XK4JTRWVE5Q7MNB2",
        "XAKIAQ7MNB2XK4JTRWVE5", "task-force", "sk-learn", "eyJ", "SG.1", "", "hvs.",
        "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}) {
    INFO(text);
    CHECK(secret_shape(text) == "");
  }
}

TEST_CASE("files that hold secrets") {
  CHECK(secret_file("id_rsa") == "a private SSH key");
  CHECK(secret_file("/root/.ssh/id_ed25519") == "a private SSH key");
  CHECK(secret_file(".ssh/") == "private keys");
  CHECK(secret_file("certs/server.key") == "a private key");
  CHECK(secret_file("Certs\\Server.KEY") == "a private key");
  CHECK(secret_file("tls.pem").starts_with("a certificate"));
  CHECK(secret_file(".env") != "");
  CHECK(secret_file("app/.env.production") != "");
  CHECK(secret_file(".npmrc") == "npm's settings, often with a token");
  CHECK(secret_file("home/.aws/credentials") == "cloud storage credentials");
  CHECK(secret_file(".docker/config.json") == "registry credentials");
  CHECK(secret_file("credentials.json") == "credentials");
  CHECK(secret_file("terraform.tfstate") != "");
  CHECK(secret_file("config/master.key") != "");
  CHECK(secret_file("store.p12") == "a store of private keys");
}

TEST_CASE("files that do not") {
  for (const char* path : {"id_rsa.pub",
                           ".env.example",
                           ".env.sample",
                           "env.example",
                           ".env.template",
                           "config.json",
                           "app/config.json",
                           "ca.pem",
                           "fullchain.pem",
                           "server.crt",
                           "nodesource.gpg.key",
                           "package.json",
                           "keys.py",
                           "Dockerfile",
                           "",
                           "/",
                           "settings.xml",
                           "key",
                           "monkey.txt",
                           "environment.ts",
                           "secrets/README.md"}) {
    INFO(path);
    CHECK(secret_file(path) == "");
  }
}

TEST_CASE("license expressions") {
  for (const char* text :
       {"MIT", "mit", "Apache-2.0", "GPL-2.0+", "GPL-2.0-only OR MIT",
        "(MIT AND BSD-3-Clause) or Apache-2.0", "GPL-2.0-or-later WITH Classpath-exception-2.0",
        "LicenseRef-Acme", "DocumentRef-x:LicenseRef-Acme.1", "((MIT))"}) {
    INFO(text);
    CHECK(is_license_expression(text));
  }
  for (const char* text :
       {"", "Apache 2.0", "Apache License", "MIT,", "MIT/Apache-2.0", "MIT OR", "OR MIT", "(MIT",
        "MIT)", "()", "MIT WITH", "MIT WITH Apache-2.0", "LicenseRef-", "BSD", "proprietary"}) {
    INFO(text);
    CHECK_FALSE(is_license_expression(text));
  }
}

TEST_CASE("signals") {
  CHECK(find_signal("SIGTERM").name == "TERM");
  CHECK(find_signal("term").number == 15);
  CHECK(find_signal("9").name == "KILL");
  CHECK(find_signal("31").name == "SYS");
  CHECK(find_signal("37").name == "37");
  CHECK(find_signal("SIGRTMIN+3").name == "RTMIN+3");
  CHECK(find_signal("rtmax-1").number == 0);
  CHECK(find_signal("SIGIOT").name == "ABRT");
  for (const char* text : {"", "0", "65", "SIG", "SIGFOO", "RTMIN-3", "RTMIN+", "TERM ", "-9"}) {
    INFO(text);
    CHECK(find_signal(text).name.empty());
  }
}

TEST_CASE("programs that report on their use") {
  REQUIRE(telemetry_of("dotnet") != nullptr);
  CHECK(telemetry_of("dotnet")->variable == "DOTNET_CLI_TELEMETRY_OPTOUT");
  CHECK(telemetry_of("nuxi") == telemetry_of("nuxi"));
  CHECK(telemetry_of("make") == nullptr);
}

}  // namespace names_test
