"""Runs beside a solution in Python: reads calls from standard input, one JSON object a line,
and writes what they came to. Started as: python3 host.py SOLUTION.py

A function is found by its name, or by the same name in Python's way: movedByRing is moved_by_ring.
"""
import importlib.util
import json
import os
import re
import sys
import traceback

answers = sys.stdout
questions = sys.stdin
sys.stdin = open(os.devnull)  # input() would wait for a person.
sys.stdout = sys.stderr  # What a solution prints is for people: only this host writes answers.


def send(message):
    answers.write(json.dumps(message) + "\n")
    answers.flush()


class Service:
    """The functions of the other side: each call waits for its answer, and raises RuntimeError for an error."""

    def __init__(self, names):
        for name in names:
            setattr(self, name, self.asker(name))

    asked = 0

    def asker(self, name):
        def ask(*arguments):
            Service.asked += 1
            send({"ask": Service.asked, "function": name, "arguments": arguments})
            while True:
                answer = json.loads(next(questions))
                if answer.get("answer") == Service.asked:
                    break
            if "error" in answer:
                raise RuntimeError(answer["error"])
            return answer.get("value")

        return ask


def load(path):
    spec = importlib.util.spec_from_file_location("solution", path)
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, ".")
    spec.loader.exec_module(module)
    return module


def describe(error):
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(path)]
    place = " (%s, line %d)" % (path, frames[-1].lineno) if frames else ""
    return "%s: %s%s" % (type(error).__name__, error, place)


def answer(call):
    if solution is None:
        return {"error": "%s can't be loaded: %s" % (path, problem)}
    name = call["function"]
    found = getattr(solution, name, None) or getattr(solution, re.sub("([A-Z])", r"_\1", name).lower(), None)
    if not callable(found):
        return {"missing": [key for key in vars(solution) if not key.startswith("_")]}
    try:
        service = [Service(call["asks"])] if "asks" in call else []
        return {"value": found(*call["arguments"], *service)}
    except Exception as error:
        return {"error": describe(error)}


path = sys.argv[1]
solution, problem = None, ""
try:
    solution = load(path)
except Exception as error:
    problem = describe(error)

for line in iter(questions.readline, ""):
    call = json.loads(line)
    result = answer(call)
    try:
        send({"id": call["id"], **result})
    except (TypeError, ValueError) as error:
        send({"id": call["id"], "error": "returned what JSON can't hold: %s" % error})
