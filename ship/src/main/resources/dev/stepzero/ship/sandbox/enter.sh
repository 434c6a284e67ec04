# Runs as the first process of fresh namespaces; when it ends, the kernel ends everything that is in them.
# Arguments: none|host, then mounts as "ro|rw SOURCE TARGET" and "hide DIRECTORY -" and
# "memory - TARGET", "--", the directory, the command.
set -eu
if [ "$1" = none ]; then
  ip link set lo up 2>/dev/null || true
fi
shift
while [ "$1" != -- ]; do
  case "$1" in
    hide)
      mount -t tmpfs -o mode=0755,size=1m,nosuid,nodev tmpfs "$2"
      ;;
    memory)
      mount -t tmpfs -o mode=1777,size=1m,nosuid,nodev,noexec tmpfs "$3"
      ;;
    *)
      mount --bind "$2" "$3"
      if [ "$1" = ro ]; then
        mount -o remount,bind,ro,nosuid,nodev "$3"
      fi
      ;;
  esac
  shift 3
done
shift
cd "$1"
shift
set +e
"$@" </dev/null
exit $?
