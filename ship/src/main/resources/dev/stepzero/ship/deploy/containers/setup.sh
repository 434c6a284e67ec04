# Brings the data directory to where the server can start from it. May be repeated at any time but while the server runs.
# Ends with 64 where an earlier attempt was cut off before there was any data, with 65 where the files are of another
# major version of PostgreSQL.
set -eu
umask 077
data=/var/lib/postgresql/data
cluster=$data/cluster

copy() {
    while IFS= read -r line; do
        printf '%s\n' "$line"
    done <"$1" >"$2"
}

single() {
    postgres --single -j -D "$cluster" -c log_min_error_statement=panic "$@"
}

if [ ! -e "$data/complete" ]; then
    [ ! -e "$cluster" ] || exit 64
    initdb --pgdata="$cluster" --username=postgres --auth=reject --encoding=UTF8 --locale=C.UTF-8
    : >"$data/complete"
fi
read -r major <"$cluster/PG_VERSION"
case "$(postgres --version) " in
    *" $major."* | *" $major "*) ;;
    *) exit 65 ;;
esac

# The server insists that its key is its own and nobody else's.
copy /stepzero/server.pem "$cluster/server.pem"

single -c exit_on_error=on postgres </stepzero/roles.sql
# It is there already at every start but the first.
single postgres </stepzero/create.sql
single -c exit_on_error=on '{database}' </stepzero/rights.sql
