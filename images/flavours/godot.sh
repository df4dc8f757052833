#!/usr/bin/env bash
# Godot and its export templates, for the user that jobs run as.
# shellcheck source=images/flavours/checked.sh
source "$(dirname "${BASH_SOURCE[0]}")/checked.sh"

releases=https://github.com/godotengine/godot/releases/download/$VERSION-stable
program=Godot_v$VERSION-stable_linux.$(arch_of x86_64 arm64)
archive=$(fetch_checked "$releases/$program.zip" "" "$releases/SHA512-SUMS.txt")
templates=$(fetch_checked "$releases/Godot_v$VERSION-stable_export_templates.tpz" "" "$releases/SHA512-SUMS.txt")
unzip -q -o "$archive" -d "$work"
install -m 0755 "$work/$program" /usr/local/bin/godot

home=$(getent passwd "$RUN_AS" | cut -d : -f 6)
place=$home/.local/share/godot/export_templates
install -d -o "$RUN_AS" "$place"
unzip -q -o "$templates" -d "$work"
rm -rf "$place/$VERSION.stable" && mv "$work/templates" "$place/$VERSION.stable"
chown -R "$RUN_AS" "$home/.local"
godot --headless --version
