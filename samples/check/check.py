"""Calls receivers as the hub, a forger and a broken network would.

    python3 samples/check/check.py [node] [python] [java] [php] [go] [mutants]
    python3 samples/check/check.py --url URL --secret whsec_… [--public-key whpk_…] [--api-key KEY]

Without --url it builds and starts the samples, and looks into their databases too; the mutants are receivers with one fault
each, which the calls must find. With --url, the receiver there, which has that secret, is sent a hundred calls with invented
orders: let it be one that nobody relies on.
"""

import argparse
import base64
import concurrent.futures
import shutil
import subprocess
import sys
import tempfile
import time

import calls
import mutants
from receivers import SAMPLES, Partners, Sample

VENV = SAMPLES / "python/.venv/bin/python"

# name: how it is made ready, how it is started; the port stands for {port}. The slowest first: two at a time.
RECEIVERS = {
    "java": (["mvn -B -ntp -q package"], "java -jar target/receiver.jar"),
    "go": (["go build -o target/receiver ."], "target/receiver"),
    "node": (["npm ci --ignore-scripts --prefer-offline --no-audit --no-fund"], "node server.mjs"),
    "python": (
        [
            "python3 -m venv .venv",
            ".venv/bin/pip install -q --disable-pip-version-check -r requirements.txt -r ../check/requirements.txt",
        ],
        ".venv/bin/python app.py",
    ),
    "php": ([], "php -S 127.0.0.1:{port} index.php"),
}


def told(receiver, start):
    seconds = time.monotonic() - start
    print(f"{receiver.name}: {receiver.checks} checks, {len(receiver.faults)} faults, {seconds:.1f} s", flush=True)
    for fault in receiver.faults:
        print(f"  {receiver.name}, {fault}")
    return not receiver.faults


def check(name):
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as directory, Sample(name, RECEIVERS[name][1], directory) as sample:
        for part in calls.ALL:
            part(sample)
        good = told(sample, start)
        if not good:
            print(sample.output())
        return good


def check_partners(url, secret, public_key, api_key):
    start = time.monotonic()
    headers = {"X-API-KEY": api_key} if api_key else {}
    receiver = Partners(url, url, secret, **headers)
    try:
        receiver.hang_up()
    except OSError as e:
        raise SystemExit(f"nothing answers at {url}: {e}")
    try:
        for part in calls.ALL:
            part(receiver)
        if public_key:
            calls.what_a_public_key_adds(receiver, public_key)
    except OSError as e:
        told(receiver, start)
        raise SystemExit(f"{url} answers no more after {receiver.checks} checks ({e}): did the last call end it?")
    good = told(receiver, start)
    if len(receiver.faults) > receiver.checks / 4:
        print("  that many faults have one cause: has the receiver this secret, and is the path right?")
    if receiver.bad_requests:
        print(f"  {receiver.bad_requests} refused by 400: 401 is better, the hub's diagnosis then names the signature")
    for what in receiver.skipped:
        print(f"  not checked: {what}")
    return good


def prepare(name):
    for command in RECEIVERS[name][0]:
        start = time.monotonic()
        done = subprocess.run(command.split(), cwd=SAMPLES / name, stdout=subprocess.DEVNULL)
        print(f"{name}: {command.split(' -')[0]}, {time.monotonic() - start:.1f} s", flush=True)
        if done.returncode != 0:
            print(f"{name}: FAILED: {command}", flush=True)
            return False
    return True


def vectors(name):
    """The golden signatures, by the public library of that language (PHP: the sample's own lines)."""
    readers = {"node": ["node"], "python": [str(VENV)], "php": ["php"]}
    if name not in readers:
        return True
    script = {"node": "vectors.mjs", "python": "vectors.py", "php": "vectors.php"}[name]
    return subprocess.run([*readers[name], str(SAMPLES / "check" / script)]).returncode == 0


def work(name):
    if name == "mutants":
        return mutants.check()
    return prepare(name) and vectors(name) and check(name)


def check_samples(names):
    for name in names:
        commands = RECEIVERS[name][0] if name in RECEIVERS else ["python3"]
        program = commands[0].split()[0] if commands else name
        if shutil.which(program) is None:
            raise SystemExit(f"{name}: there is no {program} here")
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        return all(list(pool.map(work, names)))


def main():
    parser = argparse.ArgumentParser(description="Calls receivers as the hub, a forger and a broken network would.")
    parser.add_argument("names", nargs="*", metavar="sample", help="of " + ", ".join([*RECEIVERS, "mutants"]))
    parser.add_argument("--url", help="a receiver of your own")
    parser.add_argument("--secret", help="whsec_…, which that receiver has")
    parser.add_argument("--public-key", help="whpk_…, where it verifies v1a too")
    parser.add_argument("--api-key", help="what it wants as X-API-KEY")
    given = parser.parse_args()
    if unknown := set(given.names) - {*RECEIVERS, "mutants"}:
        parser.error(f"no such sample: {', '.join(sorted(unknown))}")
    if given.url is None:
        sys.exit(0 if check_samples(given.names or [*RECEIVERS, "mutants"]) else 1)
    if given.names or not given.secret:
        parser.error("--url takes --secret, and no samples")
    try:
        base64.b64decode(given.secret.removeprefix("whsec_").encode("ascii"), validate=True)
    except ValueError:
        parser.error("--secret: whsec_ and base64, such as what echo \"whsec_$(openssl rand -base64 32)\" prints")
    sys.exit(0 if check_partners(given.url, given.secret, given.public_key, given.api_key) else 1)


if __name__ == "__main__":
    main()
