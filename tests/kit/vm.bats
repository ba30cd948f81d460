# Vagrantfile, Containerfile, .devcontainer: what can be said of them without a virtual machine or a container.
bats_require_minimum_version 1.5.0

PROVIDERS='virtualbox vmware_desktop parallels utm libvirt qemu'

setup() {
    cd "$BATS_TEST_DIRNAME/../.." || return
}

# needs COMMAND: the test is skipped where it is not installed.
needs() {
    command -v "$1" >/dev/null || skip "$1 is not installed here"
}

# settings PROVIDER: what the Vagrantfile asks of this provider, one setting a line. Vagrant itself passes over the
# blocks of providers that are not installed; this stands in for it, and takes part in everything.
settings() {
    ruby - "$1" <<'END'
class Settings
  def initialize(name) = @name = name
  def respond_to_missing?(*) = true

  def method_missing(name, *values, **options)
    return Settings.new(name) if values.empty? && options.empty?
    if name == :provider
      yield Settings.new("provider"), Settings.new("config") if values == [ARGV[0]]
    else
      puts "#{@name}.#{name} #{values.inspect} #{options.inspect}"
    end
  end
end

module Vagrant
  def self.require_version(_) = nil
  def self.configure(_) = yield(Settings.new("config"))
end
load "./Vagrantfile"
END
}

# without_comments FILE
without_comments() {
    grep -v '^[[:space:]]*#' "$1"
}

@test "the Vagrantfile is valid for the Vagrant that is here" {
    needs vagrant
    mkdir "$BATS_TEST_TMPDIR/tools"
    cp Vagrantfile "$BATS_TEST_TMPDIR"
    cp tools/provision "$BATS_TEST_TMPDIR/tools"
    cd "$BATS_TEST_TMPDIR"
    HOME=$PWD VAGRANT_HOME=$PWD/home VAGRANT_CHECKPOINT_DISABLE=1 run -0 vagrant validate --ignore-provider
    [[ $output = *"validated successfully"* ]]
}

@test "each provider has a box, and processors and memory from the environment" {
    local provider
    needs ruby
    for provider in $PROVIDERS; do
        LAB_CPUS=3 LAB_MEMORY=1536 run -0 settings "$provider"
        echo "$provider: $output"
        [[ $output = *'vm.box= ["'*/*'"]'* ]]
        grep -qE '^provider\.(cpus|smp)= \["?3"?\]' <<<"$output"
        grep -qE '^provider\.memory= \["?1536M?"?\]' <<<"$output"
    done
}

@test "LAB_BOX names the box, whatever the provider" {
    local provider
    needs ruby
    for provider in $PROVIDERS; do
        LAB_BOX=some/box run -0 settings "$provider"
        echo "$provider: $output"
        [[ $(grep '^vm\.box= ' <<<"$output" | sort -u) = 'vm.box= ["some/box"] {}' ]]
    done
}

@test "a student's files survive: where the kit is copied, nothing is removed or replaced by something older" {
    local provider
    needs ruby
    for provider in $PROVIDERS; do
        run -0 settings "$provider"
        echo "$provider: $output"
        [[ $output != *--delete* ]]
        [[ $output != *synced_folder* || $output = *rsync*'"--update"'* ]]
    done
    run ! grep -e --delete Vagrantfile
}

@test "nothing in the Vagrantfile needs a newer Vagrant or a certain kind of processor" {
    run ! grep -nE 'box_architecture|kvm|driver' <(without_comments Vagrantfile)
}

@test "everything is installed by tools/provision" {
    local file
    [[ -x tools/provision ]]
    grep -q 'path: "tools/provision", args: \["--allow-namespaces"\]' Vagrantfile
    grep -q '^COPY tools/provision ' Containerfile
    [[ $(gojq -r .build.dockerfile .devcontainer/devcontainer.json) = ../Containerfile ]]
    for file in Vagrantfile Containerfile .devcontainer/devcontainer.json; do
        run ! grep -nE '\b(apt|apt-get|dpkg|pip|curl|wget)\b' <(without_comments "$file")
    done
}

@test "whoever logs in lands in the kit and reads what to type; commands get neither" {
    local login=$BATS_TEST_TMPDIR/login.sh
    mkdir "$BATS_TEST_TMPDIR/kit"
    sed -n '/profile\.d.*END/,/END$/{//!p}' Vagrantfile | sed "s|/vagrant|'$BATS_TEST_TMPDIR/kit'|" >"$login"
    run -0 --separate-stderr bash --norc -ic ". '$login'; pwd"
    [[ $output = *'make start'*$'\n'*/kit ]]
    run -0 bash --norc -c ". '$login'; pwd"
    [[ $output = "$PWD" ]]
    make -n start >/dev/null
}

@test "the container's options are the same in the editor's file, in the Containerfile and in the guide" {
    local option text
    run -0 gojq -r '.runArgs[]' .devcontainer/devcontainer.json
    ((${#lines[@]} > 0))
    text=$(cat Containerfile)
    for option in "${lines[@]}"; do
        [[ $text = *"${option/=/ }"* ]]
        grep -qF "\`${option/=/ }\`" docs/vm.md
    done
    [[ $text = *"useradd "*" $(gojq -r .remoteUser .devcontainer/devcontainer.json)"* ]]
}

@test "the guide names each provider, each box and each setting" {
    local word
    while read -r word; do
        grep -qF "$word" docs/vm.md || { echo "not in the guide: $word" && false; }
    done < <(grep -oE 'LAB_[A-Z]+|[a-z]+/(debian-12|bookworm)|"[a-z-]+/[a-z0-9-]+"' Vagrantfile | tr -d '"' |
        grep -v tools/ | sort -u)
    for word in vmware_desktop parallels utm libvirt qemu; do
        grep -qF -- "--provider=$word" docs/vm.md
    done
}
