"""Grades a submission with cachelab for Classroom 50, and leaves result.json and release-body.md.

Put it where the runner looks for an assignment's autograder: CLASSROOM/autograders/ASSIGNMENT/autograder.py. It
installs the cachelab that the lab was made with, whatever the submission's package.json, lock or .npmrc say. A tarball
lies beside this file or in the submission, and is taken only if it is the very same.
"""
import sys

del sys.path[0]  # Where this file lies in a submission, no module comes from there.

import hashlib
import pathlib
import subprocess
import tempfile

SOURCE = PACKAGE
CHECKSUM = SHA256

# Installs bubblewrap, which isolates solutions. If the runner doesn't allow that, the grader refuses to grade.
ISOLATION = """
command -v bwrap >/dev/null || { sudo -n apt-get update -qq && sudo -n apt-get install -qq -y bubblewrap; }
rule=kernel/apparmor_restrict_unprivileged_userns
[ ! -e /proc/sys/$rule ] || sudo -n sysctl -qw $rule=0
"""


def source(folder):
    """The package for npm to install: the tarball, copied and checked, or the one from the registry."""
    if CHECKSUM is None:
        return SOURCE
    for place in (pathlib.Path(__file__).parent, pathlib.Path.cwd()):
        for path in (place / pathlib.Path(SOURCE).name, place / SOURCE):
            content = path.read_bytes() if path.is_file() else b""
            if hashlib.sha256(content).hexdigest() == CHECKSUM:
                copy = pathlib.Path(folder, "cachelab.tgz")
                copy.write_bytes(content)
                return str(copy)
    sys.exit("%s is missing, or not the one that the lab was made with" % SOURCE)


with tempfile.TemporaryDirectory() as folder:
    subprocess.run(["sh", "-c", ISOLATION], stdout=sys.stderr)
    subprocess.run(
        ["npm", "install", "--prefix", folder, "--no-audit", "--no-fund", *FLAGS, source(folder)],
        cwd=folder,
        stdout=sys.stderr,
        check=True,
    )
    # --min-score 70% makes the run fail below 70% of the points of these exercises.
    graded = subprocess.run(
        [folder + "/node_modules/.bin/cachelab", "grade", ".", "--isolation", "require", "--min-score", "0"]
        + ["--exercise", "EXERCISES"]
        + ["--format", "classroom50", "--output", "result.json"]
        + ["--format", "markdown", "--output", "release-body.md"]
    )
sys.exit(graded.returncode)
