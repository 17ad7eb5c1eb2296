"""Grades a submission with cachelab for Classroom 50, and leaves result.json and release-body.md.

Put it where the runner looks for an assignment's autograder: CLASSROOM/autograders/ASSIGNMENT/autograder.py.
"""
import subprocess
import sys

sys.exit(
    subprocess.run(
        ["npx", "--yes", "cachelab@VERSION", "grade", ".", "--min-score", "0"]
        + ["--format", "classroom50", "--output", "result.json"]
        + ["--format", "markdown", "--output", "release-body.md"]
    ).returncode
)
