"""Copies of Python sources in disguise: {"sources": […], "how": […]} on standard input, the copies on standard output."""
import ast
import json
import sys


def names(tree):
    defined = {node.name for node in tree.body if hasattr(node, "name")}
    ours = {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    ours |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    keywords = {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword)}
    others = {name: f"{name[0]}{i}" for i, name in enumerate(sorted(ours - defined - keywords))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            node.id = others.get(node.id, node.id)
        if isinstance(node, ast.arg):
            node.arg = others.get(node.arg, node.arg)
        if isinstance(node, (ast.Nonlocal, ast.Global)):
            node.names = [others.get(name, name) for name in node.names]


def order(tree):
    for body in [tree.body] + [node.body for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]:
        places = [i for i, node in enumerate(body) if isinstance(node, ast.FunctionDef)]
        functions = [body[i] for i in places]
        for i, function in zip(places, reversed(functions)):
            body[i] = function


def dead_code(tree):
    count = 0
    for node in list(ast.walk(tree)):
        if not isinstance(node, (ast.FunctionDef, ast.For, ast.While, ast.If)):
            continue
        body = []
        for statement in node.body:
            count += 1
            if count % 3 == 0:
                i = count // 3
                pieces = [f"spare{i} = {i} + 1", f"if {i} > {i + 1}:\n    print('never', {i})", f"unused{i} = [{i}, 'more']"]
                body += ast.parse(pieces[i % len(pieces)]).body
            body.append(statement)
        node.body = body


class Loops(ast.NodeTransformer):
    count = 0

    def visit_For(self, node):
        self.generic_visit(node)
        if node.orelse:
            return node
        self.count += 1
        i = self.count
        loop = ast.parse(f"list{i} = list(0)\nat{i} = 0\nwhile at{i} < len(list{i}):\n    x = list{i}[at{i}]\n    at{i} += 1")
        loop.body[0].value.args = [node.iter]
        loop.body[2].body[0].targets = [node.target]
        loop.body[2].body += node.body
        return loop.body


def main():
    task = json.load(sys.stdin)
    copies = []
    for source in task["sources"]:
        tree = ast.parse(source)
        for how in task["how"]:
            if how == "names":
                names(tree)
            elif how == "order":
                order(tree)
            elif how == "dead code":
                dead_code(tree)
            elif how == "loops":
                tree = Loops().visit(tree)
        # Writing a tree takes comments and layout away.
        text = ast.unparse(ast.fix_missing_locations(tree)) if task["how"] else source
        if "layout" in task["how"]:
            text = "\n".join(f"{line}  # step {i}\n" for i, line in enumerate(text.replace("    ", "  ").split("\n")))
        copies.append(text)
    json.dump(copies, sys.stdout)


main()
