# Shared by the scripts in this folder: sourced by them, never run.
# shellcheck shell=bash disable=SC2034 # the variables are for those who source it
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
RUN=$ROOT/.run # everything made here; remove it to start from nothing
LOG=$RUN/log
VENV=$RUN/venv
CONF=$RUN/odoo.conf
CLUSTER=pg${CRM_VALUE_CLUSTER:+-$CRM_VALUE_CLUSTER} # scripts/any-day has one of its own
PG_DATA=$RUN/$CLUSTER
SERIES=19.0

# The oldest and the newest Python, from the one place that states them.
[[ $(<"$ROOT/pyproject.toml") =~ requires-python\ =\ \"\>=3\.([0-9]+),\<3\.([0-9]+)\" ]]
PYTHON_OLDEST=3.${BASH_REMATCH[1]}
PYTHON_NEWEST=3.$((BASH_REMATCH[2] - 1))

say() { printf '%s\n' "$*" >&2; }
die() {
    printf 'crm_value: %s\n' "$*" >&2
    exit 1
}

# Two checkouts may share one PostgreSQL server and one /tmp: this tells them apart.
CHECKOUT=$(printf '%s' "$ROOT" | sha256sum | cut -c1-8)

# --- where Odoo and PostgreSQL are ------------------------------------------------------

ODOO_DIR=${ODOO_DIR:+$(realpath -m "$ODOO_DIR")}
ODOO_PATH=${ODOO_DIR:-$RUN/odoo/usr/lib/python3/dist-packages}

# A socket path holds 107 bytes; a deep checkout gets a short folder instead.
PG_SOCKET=$RUN/${CLUSTER}_socket
if ((${#PG_SOCKET} > 90)); then
    PG_SOCKET=/tmp/crm_value-$UID-$CHECKOUT${CRM_VALUE_CLUSTER:+-$CRM_VALUE_CLUSTER}
fi

# PGHOST means somebody else's server; without it we keep a private one.
PG_PRIVATE=
if [[ -z ${PGHOST:-} || $PGHOST == "$PG_SOCKET" ]]; then
    PG_PRIVATE=1
    export PGHOST=$PG_SOCKET PGPORT=5432 PGUSER=odoo
fi
export PGPORT=${PGPORT:-5432} PGUSER=${PGUSER:-$(id -un)}
unset PGDATABASE PGSERVICE # they would redirect psql and Odoo alike

# The folder of PostgreSQL's programs, the newest first; empty if $1 is not installed.
pg_bin() {
    local folder
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -rV) \
        "$(pg_config --bindir 2>/dev/null || true)"; do
        if [[ -x $folder/$1 ]]; then
            printf '%s' "$folder"
            return
        fi
    done
}
PG_BIN=$(pg_bin psql)
PATH=${PG_BIN:+$PG_BIN:}$PATH

# --- running things -----------------------------------------------------------------------

# quietly NAME COMMAND…: the output goes to .run/log/NAME.log, its end is shown on failure.
quietly() {
    local log=$LOG/$1.log status=0
    shift
    mkdir -p "$LOG"
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if ((status)); then
        tail -n 25 "$log" >&2
        if grep -q 'No space left on device' "$log"; then
            say "The disk is full: $(df -Ph "$RUN" | awk 'NR == 2 {print $4 " free on " $6}')."
        fi
        say "(all of it: $log)"
    fi
    return "$status"
}

odoo() { "$VENV/bin/python" -m odoo -c "$CONF" "$@"; }

# sql DATABASE QUERY: the bare values.
sql() { psql -XAtq -v ON_ERROR_STOP=1 -d "$1" -c "$2"; }

db_exists() { [[ $(sql postgres "SELECT 1 FROM pg_database WHERE datname = '$1'") ]]; }

drop_db() {
    dropdb --if-exists --force "$1" 2>/dev/null || true
    rm -rf "$RUN/data/filestore/$1"
}

# install_modules DATABASE MODULES [options]: Odoo only logs what we want to be an error
# (a module it cannot find, demo data that does not load).
install_modules() {
    local db=$1 modules=$2 log
    log=$LOG/install-$db.log
    shift 2
    quietly "install-$db" odoo -d "$db" -i "$modules" --no-http --stop-after-init "$@" ||
        return 1
    if grep -E ' (ERROR|CRITICAL) |invalid module names|demo data failed' "$log" >&2; then
        say "(all of it: $log)"
        return 1
    fi
}

# make_db DATABASE MODULES [options]: there under its name only when it is complete.
make_db() {
    local db=$1
    shift
    drop_db "${db}_new"
    install_modules "${db}_new" "$@" --max-cron-threads=0 || return 1
    rm -rf "$RUN/data/filestore/$db"
    mv "$RUN/data/filestore/${db}_new" "$RUN/data/filestore/$db"
    sql postgres "ALTER DATABASE \"${db}_new\" RENAME TO \"$db\""
}

# --- the template of test databases ----------------------------------------------------

our_databases() {
    sql postgres "SELECT datname FROM pg_database
        WHERE starts_with(datname, 'crm_value_${CHECKOUT}_$1')"
}

# The first is the default language of everybody.
languages=en_US,zh_CN

# What the add-on stands on is installed once, with demo data, and copied for every run.
template_name() {
    local key
    key=$({
        printf '%s\n' "$ROOT" "$PGHOST" "$(dependencies)" "$languages"
        cat "$ROOT/requirements.txt"
        "$VENV/bin/python" -c 'import odoo.release as r; print(r.version, r.__file__)'
        # Only a checkout of Odoo: from our own tree, git would answer with our commit.
        [[ -z $ODOO_DIR ]] || git -C "$ODOO_PATH" rev-parse HEAD 2>/dev/null || true
    } | sha256sum | cut -c1-10)
    printf 'crm_value_%s_template_%s' "$CHECKOUT" "$key"
}

dependencies() {
    "$VENV/bin/python" - "$ROOT/crm_value/__manifest__.py" <<'PYTHON'
import ast, pathlib, sys
manifest = ast.literal_eval(pathlib.Path(sys.argv[1]).read_text())
print(",".join(sorted(manifest["depends"])))
PYTHON
}

make_template() { # name
    local old
    for old in $(our_databases template); do
        drop_db "$old"
    done
    say "Making the template database (once, about two minutes) …"
    make_db "$1" "$(dependencies)" --with-demo --load-language="$languages" ||
        die "the add-on's dependencies could not be installed (see above)."
}

# Prepare the template, unless it is there; its name is printed.
ready_template() {
    local template
    template=$(template_name)
    (
        flock 8
        db_exists "$template" || make_template "$template"
    ) 8>"$RUN/template.lock"
    printf '%s' "$template"
}

# copy_template DATABASE: a database of what the add-on stands on, with demo data.
copy_template() {
    local template
    template=$(ready_template)
    createdb -T "$template" "$1"
    # Odoo never changes a stored file, so links are as good as copies.
    cp -al "$RUN/data/filestore/$template" "$RUN/data/filestore/$1"
}

process_lives() { [[ -e /proc/$1/exe ]]; } # a dead one that waits for its parent has none

port_is_free() {
    "$VENV/bin/python" - "$1" <<'PYTHON'
import socket, sys
with socket.socket() as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        s.bind(("127.0.0.1", int(sys.argv[1])))
    except OSError:
        sys.exit(1)
PYTHON
}

# --- the machine's packages -----------------------------------------------------------------

apt_install() {
    local sudo=()
    command -v apt-get >/dev/null ||
        die "there is no apt-get here (Debian 12 or later is needed); install by hand: $*"
    if ((EUID)); then
        if ! command -v sudo >/dev/null || { ! sudo -n true 2>/dev/null && [[ ! -t 0 ]]; }; then
            die "packages are missing and neither root nor sudo is at hand; ask your" \
                "administrator for: apt-get install $*"
        fi
        sudo=(sudo)
    fi
    say "Installing with apt: $*"
    quietly apt-update "${sudo[@]}" apt-get -o DPkg::Lock::Timeout=300 update ||
        say "apt-get update complains; trying with the lists that are here."
    quietly apt-install "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get \
        -o DPkg::Lock::Timeout=300 install -y --no-install-recommends "$@" ||
        die "apt could not install $*: check the network and the package sources," \
            "then start again."
}
