// What commands do, by kind.
#include <doctest/doctest.h>

#include "facts/mode.h"
#include "lowered.h"

namespace commands_test {

using namespace plimsoll;
using namespace plimsoll::facts;

namespace {

// "install y: curl|curl|1.2 vim|vim|" of the last command that calls a package manager.
std::string call(const std::string& run) {
  const Lowered d("FROM scratch\nRUN " + run + "\n");
  const PackageCall* found = nullptr;
  for (const Command& command : d.run().commands) {
    if (command.packages != nullptr) found = command.packages;
  }
  if (found == nullptr) return "none";
  constexpr const char* kActions[] = {"install", "refresh", "upgrade", "dist-upgrade",
                                      "remove",  "clean",   "other"};
  std::string result = kActions[static_cast<int>(found->action)];
  if (found->from_file) result += " file";
  for (const Package& package : found->packages) {
    result += " " + std::string(package.name.empty() ? "?" : package.name);
    if (!package.version.empty()) result += "|" + std::string(package.version);
    if (package.local) result += " (local)";
    if (!package.known) result += " (unknown)";
  }
  return result;
}

PackageCall flags(const std::string& run) {
  const Lowered d("FROM scratch\nRUN " + run + "\n");
  PackageCall result = *d.run().commands.back().packages;
  result.packages = {};
  return result;
}

}  // namespace

TEST_CASE("apt") {
  CHECK(call("apt-get -t sid install -y --no-install-recommends a=1.2 b/sid c:amd64 ./d.deb $E "
             "f=$V") == "install a|1.2 b|sid c ./d.deb (local) ? (unknown) f|$V (unknown)");
  CHECK(call("apt update") == "refresh");
  CHECK(call("apt-get dist-upgrade") == "dist-upgrade");
  CHECK(call("apt-get autoremove -y") == "remove");
  CHECK(call("apt-get clean") == "clean");
  CHECK(call("aptitude -y full-upgrade") == "dist-upgrade");
  CHECK(call("DEBIAN_FRONTEND=noninteractive apt-get install x") == "install x");
  CHECK(flags("apt-get -qq install x").assume_yes);
  CHECK(flags("apt-get install -q=2 x").assume_yes);
  CHECK(flags("apt-get install -qy x").assume_yes);
  CHECK_FALSE(flags("apt-get install -q x").assume_yes);
  CHECK(flags("apt-get install --assume-yes x").assume_yes);
  CHECK(flags("apt-get -o APT::Install-Recommends=false install x").no_recommends);
  CHECK(flags("apt-get install --no-install-recommends x").no_recommends);
  CHECK_FALSE(flags("apt-get install x").no_recommends);
}

TEST_CASE("apk") {
  CHECK(call("apk add --no-cache -t .deps --repository http://r a=1 b~2 'c>3' d@edge e.apk f") ==
        "install a|1 b|2 c|3 d e.apk (local) f");
  CHECK(call("apk add --virtual=.x gcc") == "install gcc");
  CHECK(call("apk update") == "refresh");
  CHECK(call("apk del .x") == "remove");
  CHECK(call("apk cache clean") == "clean");
  CHECK(flags("apk --no-cache add x").no_cache);
  CHECK(flags("apk add x").assume_yes);
}

TEST_CASE("dnf and its family") {
  CHECK(
      call("yum install -y httpd-2.4.6-97.el7 gcc-c++ java-1.8.0-openjdk python3-pip tool-1.2.3 "
           "x.rpm @dev") ==
      "install httpd|2.4.6-97.el7 gcc-c++ java-1.8.0-openjdk python3-pip tool|1.2.3 x.rpm (local)");
  CHECK(call("dnf install tool-$VERSION glibc-2.17-\\* libx.x86_64") ==
        "install tool|$VERSION (unknown) glibc|2.17-* libx");
  CHECK(call("dnf -y module install nodejs:18 php") == "install nodejs|18 php");
  CHECK(call("dnf group install dev") == "install");
  CHECK(call("microdnf --setopt=tsflags=nodocs install x && microdnf clean all") == "clean");
  CHECK(call("yum update -y") == "upgrade");
  CHECK(call("dnf --enablerepo powertools install x") == "install x");
  CHECK(call("dnf in x-1.0") == "install x|1.0");
  CHECK(call("tdnf install 'x = 1.0' java-11-openjdk") == "install x|1.0 java-11-openjdk");
  CHECK(flags("dnf install -y x").assume_yes);
  CHECK(flags("dnf --setopt=assumeyes=1 install x").assume_yes);
  CHECK_FALSE(flags("dnf -y --setopt=assumeyes=0 install x").assume_yes);
  CHECK_FALSE(flags("dnf install x").assume_yes);
}

TEST_CASE("zypper") {
  CHECK(call("zypper -n in --no-recommends a=1 b 'c>=2' d.rpm") ==
        "install a|1 b c|2 d.rpm (local)");
  CHECK(call("zypper install -t pattern devel") == "install");
  CHECK(call("zypper dup") == "dist-upgrade");
  CHECK(call("zypper cc -a") == "clean");
  CHECK(flags("zypper -n in x").assume_yes);
  CHECK(flags("zypper in -y x").assume_yes);
  CHECK_FALSE(flags("zypper in -n x").assume_yes);  // --name
  CHECK(flags("zypper in --no-recommends -y x").no_recommends);
}

TEST_CASE("pip") {
  CHECK(call("pip3 install --no-cache-dir a==1 'b[x]>=2,<3' c~=1 d ./e f.whl https://x/y.zip") ==
        "install a|1 b|2,<3 c|1 d ./e (local) f.whl (local) https://x/y.zip (local)");
  CHECK(call("python3.11 -u -m pip install --index-url http://i a") == "install a");
  CHECK(call("python -m venv /venv") == "none");
  CHECK(call("pip install git+https://github.com/a/b.git@v1#egg=c git+https://u@h/a/d.git") ==
        "install c|v1 d");
  CHECK(call("pip install -r requirements.txt") == "install file");
  CHECK(call("pip install -c c.txt x") == "install file x");
  CHECK(call("pip install .") == "install file");
  CHECK(call("pip install -e .[dev]") == "install file");
  CHECK(call("pip install -e ./lib") == "install ./lib (local)");
  CHECK(call("pip install \"x==$V\" $Y") == "install x|$V (unknown) ? (unknown)");
  CHECK(call("pip install \"a ; python_version<'3'\"") == "install a");
  CHECK(call("/venv/bin/pip install a") == "install a");
  CHECK(call("pip cache purge") == "clean");
  CHECK(flags("pip install --no-cache-dir x").no_cache);
  CHECK_FALSE(flags("pip install x").no_cache);
}

TEST_CASE("npm, yarn, pnpm") {
  CHECK(call("npm i -g a@1 @s/b@2 @s/c d ./e f.tgz o/r o/r#v1 git+ssh://git@h/x.git#v2") ==
        "install a|1 @s/b|2 @s/c d ./e (local) f.tgz (local) o/r o/r|v1 git+ssh://git@h/x.git|v2");
  CHECK(call("npm install z@npm:@s/y@3") == "install @s/y|3");
  CHECK(call("npm --prefix app install") == "install file");
  CHECK(call("npm ci --omit dev") == "install file");
  CHECK(call("npm install --unsafe-perm true x") == "install x");
  CHECK(call("npm cache clean --force") == "clean");
  CHECK(call("npm run build") == "other");
  CHECK(call("yarn") == "install file");
  CHECK(call("yarn --frozen-lockfile") == "install file");
  CHECK(call("yarn global add a@1 b") == "install a|1 b");
  CHECK(call("yarn cache clean") == "clean");
  CHECK(call("yarn build") == "other");
  CHECK(call("pnpm add -w a@1") == "install a|1");
  CHECK(call("pnpm i --frozen-lockfile") == "install file");
  CHECK(call("pnpm store prune") == "clean");
}

TEST_CASE("gem, go, cargo, composer") {
  CHECK(call("gem install a:1 b") == "install a|1 b");
  CHECK(call("gem install a -v 1.2 -- --with-x") == "install a|1.2");
  CHECK(call("gem update --system") == "upgrade");
  CHECK(call("go install -ldflags '-s -w' example.com/x@v1 ./cmd/y example.com/z") ==
        "install example.com/x|v1 ./cmd/y (local) example.com/z");
  CHECK(call("go run example.com/x@latest -flag arg") == "install example.com/x|latest");
  CHECK(call("go build ./...") == "other");
  CHECK(call("go mod download") == "install file");
  CHECK(call("cargo +nightly install --locked a@1 b") == "install a|1 b");
  CHECK(call("cargo install --version 2 a") == "install a|2");
  CHECK(call("cargo install --git https://x/y --rev abc") == "install https://x/y|abc");
  CHECK(call("cargo install --path .") == "install file");
  CHECK(call("composer global require a/b:1 c/d ^2 e/f") == "install a/b|1 c/d|^2 e/f");
  CHECK(call("composer install --no-dev") == "install file");
}

TEST_CASE("downloads") {
  const Lowered d(
      "FROM scratch\nRUN curl -fsSLk -o x https://a/b http://u:p@h/c \"https://d/$V\" | sudo bash "
      "-s -- -y\n");
  const Download& curl = *d.command().download;
  REQUIRE(curl.urls.size() == 2);
  CHECK(curl.urls[0] == "https://a/b");
  CHECK(d.at(curl.url_spans[1]) == "http://u:p@h/c");
  CHECK_FALSE(curl.all_urls_known);
  CHECK(curl.unverified_tls);
  CHECK(d.at(curl.unverified_span) == "k");
  CHECK(curl.follows_redirects);
  CHECK(curl.quiet);
  CHECK(curl.has_credentials);
  CHECK(curl.piped_to == &d.command(2));

  const auto of = [](const std::string& run) { return Lowered("FROM scratch\nRUN " + run + "\n"); };
  const auto runner = [&](const std::string& run) {
    const Lowered lowered = of(run);
    for (const Command& c : lowered.run().commands) {
      if (c.download != nullptr && c.download->piped_to != nullptr)
        return std::string(c.download->piped_to->name);
    }
    return std::string();
  };
  CHECK(runner("curl x | sh") == "sh");
  CHECK(runner("curl x | gunzip | python3 -") == "python3");
  CHECK(runner("(curl x || wget -O- x) | bash") == "bash");
  CHECK(runner("sh -c \"$(curl -fsSL x)\"") == "sh");
  CHECK(runner("bash <(curl x)") == "bash");
  CHECK(runner("eval \"$(curl x | sed s/a/b/)\"") == "eval");
  CHECK(runner("curl x | php -- --install-dir=/bin") == "php");
  CHECK(runner("curl x | php a.php -- b") == "");
  CHECK(runner("curl x | python3 -c 'import json'") == "");
  CHECK(runner("curl x | bash install.sh") == "");
  CHECK(runner("curl x | tar xz") == "");
  CHECK(runner("bash -c \"echo $(curl x)\"") == "");

  const Lowered wget =
      of("wget -nv --no-check-certificate --header 'Authorization: Bearer x' http://a");
  CHECK(wget.command().download->quiet);
  CHECK(wget.at(wget.command().download->unverified_span) == "--no-check-certificate");
  CHECK(wget.command().download->has_credentials);
  CHECK(wget.at(wget.command().download->credentials_span) == "--header 'Authorization: Bearer x'");
  CHECK_FALSE(of("wget http://a").command().download->quiet);
  CHECK_FALSE(of("curl -u \"$U:$P\" http://a").command().download->has_credentials);
  CHECK(of("curl -uadmin:secret http://a").command().download->has_credentials);
  CHECK_FALSE(of("curl -H \"Authorization: $T\" http://a").command().download->has_credentials);
}

TEST_CASE("accounts") {
  const auto account = [](const std::string& run) {
    const Lowered d("FROM scratch\nRUN " + run + "\n");
    const Account& a = *d.command().account;
    return std::string(a.name) + " " + std::string(a.uid) + " " + std::string(a.gid) + " " +
           std::to_string(static_cast<int>(a.action)) + (a.no_log_init ? " l" : "");
  };
  CHECK(account("useradd -l -u 99999 -g app -s /bin/sh app") == "app 99999 app 0 l");
  CHECK(account("useradd --no-log-init --uid=5 -mr app") == "app 5  0 l");
  CHECK(account("useradd -lmu 7 x") == "x 7  0 l");
  CHECK(account("adduser -D -u 1000 -G app app") == "app 1000 app 0");
  CHECK(account("adduser --system --uid 5 --ingroup g app") == "app 5 g 0");
  CHECK(account("adduser app wheel") == "app   2");
  CHECK(account("addgroup -g 7 -S app") == "app  7 1");
  CHECK(account("groupadd -r app") == "app   1");
  CHECK(account("usermod -l new -u 3 old") == "old 3  2");
  CHECK(account("passwd -d root") == "root   3");
}

TEST_CASE("permissions") {
  const Lowered d("FROM scratch\nRUN chmod -R a+rwx /x \"$Y\" /z\n");
  const Permission& p = *d.command().permission;
  CHECK(p.recursive);
  CHECK(p.world_writable);
  CHECK(p.text == "a+rwx");
  CHECK(d.at(p.text_span) == "a+rwx");
  CHECK(p.paths.size() == 2);
  const auto of = [](const std::string& run) { return Lowered("FROM scratch\nRUN " + run + "\n"); };
  CHECK(of("chmod -x f").command().permission->text == "-x");
  CHECK(of("chmod $M f").command().permission->text.empty());
  CHECK(of("chown -R node:node /app").command().permission->text == "node:node");
  CHECK(of("install -m 4755 a /b").command().permission->set_uid);
  CHECK(of("mkdir -pm777 /b").command().permission->world_writable);
  CHECK(of("mkdir /b").command().permission == nullptr);
}

TEST_CASE("modes") {
  CHECK(read_mode("777").world_writable);
  CHECK_FALSE(read_mode("775").world_writable);
  CHECK(read_mode("u+s").set_uid);
  CHECK(read_mode("2755").set_gid);
  CHECK_FALSE(read_mode("2755").set_uid);
  CHECK_FALSE(read_mode("+w").world_writable);
  CHECK(read_mode("o=rw").world_writable);
  CHECK_FALSE(read_mode("a+rw,o-w").world_writable);
  CHECK_FALSE(read_mode("x").valid);
  CHECK_FALSE(read_mode("").valid);
}

TEST_CASE("extractions and removals") {
  const auto archive = [](const std::string& run) {
    const Lowered d("FROM scratch\nRUN " + run + "\n");
    return d.command().extraction == nullptr ? std::string("none")
                                             : std::string(d.command().extraction->archive);
  };
  CHECK(archive("tar xzf a.tgz -C /x") == "a.tgz");
  CHECK(archive("tar -C /x -xzf a.tgz") == "a.tgz");
  CHECK(archive("tar --extract --file=a.tar") == "a.tar");
  CHECK(archive("tar -xz --strip-components 1") == "");
  CHECK(archive("tar -czf a.tgz b") == "none");
  CHECK(archive("tar xf -") == "");
  CHECK(archive("unzip -q -d /x a.zip b") == "a.zip");
  CHECK(archive("gunzip a.gz") == "a.gz");
  CHECK(archive("xz -d a.xz") == "a.xz");
  CHECK(archive("gzip a") == "none");
  CHECK(archive("7z x a.7z") == "a.7z");
  const Lowered rm("FROM scratch\nRUN rm -rf /var/lib/apt/lists/* \"$X\"\n");
  CHECK(rm.command().removal->recursive);
  REQUIRE(rm.command().removal->paths.size() == 1);
  CHECK(rm.command().removal->paths[0] == "/var/lib/apt/lists/*");
}

}  // namespace commands_test
