"""What every call of the API may answer besides what it is for."""

from typing import Any

Schema = dict[str, Any]

SENTENCE = {
    "type": "object",
    "description": "A sentence for people in their language, and a code for software.",
    "properties": {"detail": {"type": "string"}, "code": {"type": "string"}},
    "required": ["detail"],
    "additionalProperties": True,
}
PROBLEMS = {
    "description": "What cannot be understood: sentences by the name of the field.",
    "oneOf": [
        {"type": "object", "additionalProperties": True},
        {"type": "array", "items": {}},
    ],
}
WORDS = {
    "400": "Something in the question cannot be understood; nothing was stored.",
    "401": "Sign in, or show a token.",
    "403": "This is somebody else's to do, or the browser's token is missing.",
    "404": "There is no such thing, or it is not yours to see.",
    "409": "A rule says no; nothing was changed.",
    "413": "More than can be taken at once.",
    "415": "Not a kind of content this address reads.",
    "422": "What was sent is understood and cannot be so; nothing was stored.",
    "429": "Too often in a short time; later it works again.",
}
VERBS = {"get", "post", "put", "patch", "delete"}
WRITING = VERBS - {"get"}


def common_answers(
    result: Schema, generator: Any, request: Any, public: bool
) -> Schema:
    """drf-spectacular's last step: refusals are part of every description."""
    schemas = result.setdefault("components", {}).setdefault("schemas", {})
    schemas |= {"Sentence": SENTENCE, "Problems": PROBLEMS}
    for path, verbs in result["paths"].items():
        for verb, operation in verbs.items():
            if verb in VERBS:
                _add(operation, _possible(path, verb, operation))
    return result


def _possible(path: str, verb: str, operation: Schema) -> set[str]:
    """Which refusals this call can meet."""
    found = {"401"}  # a token that is not valid is refused at every address
    has_body = "requestBody" in operation
    if operation.get("parameters") or has_body:
        found |= {"400", "404"}
    if {} not in operation.get("security", []):
        found |= {"403", "429"}
    if verb in WRITING:
        found |= {"400", "403", "409", "422", "429"}
    if has_body:
        found |= {"413", "415"}
    return found


def _add(operation: Schema, statuses: set[str]) -> None:
    answers = operation.setdefault("responses", {})
    for status in sorted(statuses - set(answers)):
        name = "Problems" if status == "400" else "Sentence"
        schema = {"$ref": f"#/components/schemas/{name}"}
        answers[status] = {
            "description": WORDS[status],
            "content": {"application/json": {"schema": schema}},
        }
    operation["responses"] = dict(sorted(answers.items()))
