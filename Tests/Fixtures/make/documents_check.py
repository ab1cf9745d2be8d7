"""Runs the standards' own clients over the documents in Tests/Fixtures/documents.

    python -m venv papers && papers/bin/pip install roc-validator rocrate==0.11.0 in-toto-attestation \
        model-signing pyOpenSSL 'cyclonedx-python-lib[json-validation]' mlcroissant \
        openlineage-python prov botocore jsonschema sagemaker-core
    papers/bin/python Tests/Fixtures/make/documents_check.py [FOLDER [CARD_SCHEMA]]

FOLDER may hold documents of any run, named as the fixtures are, with their files in FOLDER/files.

For each document it writes down the digest, the client with its version, and the client's own words;
and for some variants in which something is broken, that the client said no. All of it goes into
FOLDER/checked.json, which the Swift tests compare with what the program writes. CARD_SCHEMA is
model_card_schema.json of aws/sagemaker-python-sdk; without it the package's classes alone check the
card. No client is asked over the network: the crate's contexts come from the package `rocrate`.
"""
import sys

sys.path.pop(0)  # A neighbour here is called decimal.py.

import hashlib, json, logging, pathlib, shutil, subprocess, tempfile, warnings
from importlib.metadata import version as installed

warnings.filterwarnings("ignore")
logging.disable(logging.WARNING)
here = pathlib.Path(__file__).resolve().parent.parent / "documents"
folder = pathlib.Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else here
card_schema = json.loads(pathlib.Path(sys.argv[2]).read_text()) if len(sys.argv) > 2 else None


class Rejected(Exception):
    """A client's no, in its own words."""


def client(name):
    return f"{name} {installed(name)}"


# --- PROV -----------------------------------------------------------------------------------------


def prov(text):
    import prov.model

    try:
        document = prov.model.ProvDocument.deserialize(content=text, format="json")
        # Only what can be written as PROV-N, RDF and XML and read back as the same was understood.
        assert document.get_provn()
        again = prov.model.ProvDocument.deserialize(content=document.serialize(), format="json")
    except Exception as problem:
        raise Rejected(f"{type(problem).__name__}: {problem}")
    if again != document:
        raise Rejected("the document read back is another")
    return f"{len(list(document.get_records()))} records read, written and read back the same"


# --- RO-Crate -------------------------------------------------------------------------------------


def offline_contexts():
    """Serves the crates' JSON-LD contexts to the validator from the package `rocrate`."""
    import requests, rocrate
    from rocrate_validator.utils.http import HttpRequester

    crate = json.loads((pathlib.Path(rocrate.__file__).parent / "data/ro-crate.jsonld").read_text())
    term = "https://w3id.org/ro/terms/workflow-run#"
    names = ["ParameterConnection", "connection", "sourceParameter", "targetParameter", "md5",
             "sha1", "sha256", "sha512"]
    run = {"@context": {name: term + name for name in names}}
    known = {"https://w3id.org/ro/crate/1.1/context": crate,
             "https://w3id.org/ro/terms/workflow-run/context": run}

    def get(self, url, *arguments, **options):
        if url not in known:
            raise requests.ConnectionError(f"no network in this check: {url}")
        response = requests.Response()
        response.status_code = 200
        response._content = json.dumps(known[url]).encode()
        response.headers["Content-Type"] = "application/ld+json"
        response.url = url
        return response

    HttpRequester.get = HttpRequester.head = HttpRequester.fetch_fresh = get


def rocrate(text):
    from rocrate_validator import models, services

    with tempfile.TemporaryDirectory() as root:
        crate = pathlib.Path(root) / "crate"
        shutil.copytree(folder / "files", crate)
        (crate / "ro-crate-metadata.json").write_text(text)
        settings = services.ValidationSettings(
            rocrate_uri=str(crate),
            profile_identifier="provenance-run-crate-0.5",
            requirement_severity=models.Severity.REQUIRED,
            offline=False,
        )
        result = services.validate(settings)
        issues = [f"[{issue.check.identifier}] {issue.message}" for issue in result.get_issues()]
        if issues:
            raise Rejected("; ".join(issues[:4]))
        return (f"provenance-run-crate-0.5 at -l required: passed={result.passed()}, "
                f"{len(result.executed_checks)} checks, 0 issues")


# --- OpenLineage ----------------------------------------------------------------------------------


def filled(value):
    if isinstance(value, dict):
        pairs = {name: filled(member) for name, member in value.items()}
        return {name: member for name, member in pairs.items() if member not in ({}, [], None)}
    return [filled(item) for item in value] if isinstance(value, list) else value


def openlineage(text):
    from openlineage.client import event_v2
    import openlineage.client.facet_v2 as facets

    count = 0
    for line in text.splitlines():
        try:
            event = json.loads(line)
            # Without `run` an event would pass as another type of event.
            known = {"eventTime", "producer", "schemaURL", "eventType", "run", "job", "inputs", "outputs"}
            if set(event) - known:
                raise ValueError(f"unknown members {sorted(set(event) - known)}")

            def facet(name, value):
                stem = value["_schemaURL"].rsplit("/", 1)[-1]
                kind = next(c for m in vars(facets).values() if hasattr(m, "__name__")
                            for n, c in vars(m).items() if n == stem)
                body = {k: v for k, v in value.items() if not k.startswith("_")}
                nested = {"run": getattr(facets.parent_run, "Run"), "job": getattr(facets.parent_run, "Job")}
                if stem == "ParentRunFacet":
                    body = {k: nested[k](**v) for k, v in body.items()}
                if stem == "SchemaDatasetFacet":
                    body["fields"] = [facets.schema_dataset.SchemaDatasetFacetFields(**f)
                                      for f in body["fields"]]
                return kind(**body, producer=value["_producer"])

            def facetted(kind, value):
                body = {}
                for name, member in value.items():
                    is_map = name.lower().endswith("facets")
                    body[name] = {n: facet(n, f) for n, f in member.items()} if is_map else member
                return kind(**body)

            made = event_v2.RunEvent(
                eventTime=event["eventTime"],
                producer=event["producer"],
                eventType=event_v2.RunState(event["eventType"]),
                run=facetted(event_v2.Run, event["run"]),
                job=facetted(event_v2.Job, event["job"]),
                inputs=[facetted(event_v2.InputDataset, d) for d in event["inputs"]],
                outputs=[facetted(event_v2.OutputDataset, d) for d in event["outputs"]],
            )
            from openlineage.client.serde import Serde

            again = json.loads(Serde.to_json(made))
            for name in ("run", "job", "inputs", "outputs", "eventType"):
                # The client also writes members that hold nothing.
                if filled(again[name]) != filled(event[name]):
                    raise ValueError(f"the client writes another '{name}': {again[name]}")
            count += 1
        except Exception as problem:
            raise Rejected(f"{type(problem).__name__}: {problem}")
    return f"{count} RunEvents taken by the client's classes and written by it with the same members"


# --- in-toto --------------------------------------------------------------------------------------


def verification_result():
    """The message of in-toto's protos/…/svr/v0.1/svr.proto, whose class its package lacks so far."""
    from google.protobuf import (
        any_pb2, descriptor_pb2, descriptor_pool, message_factory, timestamp_pb2)
    from in_toto_attestation.v1 import resource_descriptor_pb2

    pool = descriptor_pool.Default()
    name = "in_toto_attestation.predicates.svr.v0_1"
    try:
        found = pool.FindMessageTypeByName(name + ".SimpleVerificationResult")
    except KeyError:
        kind = descriptor_pb2.FieldDescriptorProto
        file = descriptor_pb2.FileDescriptorProto(
            name="in_toto_attestation/predicates/svr/v0.1/svr.proto", package=name, syntax="proto3",
            dependency=[m.DESCRIPTOR.name for m in (timestamp_pb2, any_pb2, resource_descriptor_pb2)])
        result = file.message_type.add(name="SimpleVerificationResult")
        verifier = result.nested_type.add(name="Verifier")
        one, many = kind.LABEL_OPTIONAL, kind.LABEL_REPEATED
        verifier.field.add(name="id", number=1, label=one, type=kind.TYPE_STRING)
        verifier.field.add(name="policy", number=2, label=one, type=kind.TYPE_MESSAGE,
                           type_name=".google.protobuf.Any")
        result.field.add(name="verifier", number=1, label=one, type=kind.TYPE_MESSAGE,
                         type_name=f".{name}.SimpleVerificationResult.Verifier")
        result.field.add(name="time_created", json_name="timeCreated", number=2, label=one,
                         type=kind.TYPE_MESSAGE, type_name=".google.protobuf.Timestamp")
        result.field.add(name="properties", number=3, label=many, type=kind.TYPE_STRING)
        pool.Add(file)
        found = pool.FindMessageTypeByName(name + ".SimpleVerificationResult")
    return message_factory.GetMessageClass(found)()


def intoto(text):
    from google.protobuf import json_format
    from in_toto_attestation.predicates.provenance.v1 import provenance_pb2
    from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
    from in_toto_attestation.v1 import statement_pb2
    from in_toto_attestation.v1.statement import Statement

    said = []
    for line in text.splitlines():
        try:
            message = json_format.Parse(line, statement_pb2.Statement())
            Statement.copy_from_pb(message).validate()
            predicate = json_format.MessageToJson(message.predicate)
            kind = message.predicate_type
            if "slsa.dev" in kind:
                parsed = json_format.Parse(predicate, provenance_pb2.Provenance())
                # The client's classes know the members; what SLSA requires of them is said here.
                needed = [parsed.build_definition.build_type, parsed.run_details.builder.id,
                          parsed.build_definition.external_parameters.fields]
                if not all(needed):
                    raise ValueError("SLSA's level 1 asks for buildType, externalParameters, builder.id")
                said.append("Statement validates, Provenance parses with level 1's members")
            elif "test-result" in kind:
                parsed = json_format.Parse(predicate, test_result_pb2.TestResult())
                if parsed.result not in ("PASSED", "WARNED", "FAILED"):
                    raise ValueError(f"result {parsed.result!r}")
                for configuration in parsed.configuration:
                    from in_toto_attestation.v1.resource_descriptor import ResourceDescriptor

                    ResourceDescriptor.copy_from_pb(configuration).validate()
                said.append("Statement validates, TestResult parses, its configuration validates")
            elif kind == "https://in-toto.io/attestation/svr/v0.1":
                parsed = json_format.Parse(predicate, verification_result())
                # What the specification requires; properties may be none.
                if not parsed.verifier.id or not parsed.HasField("time_created"):
                    raise ValueError("a result needs verifier.id and timeCreated")
                if "properties" not in json.loads(predicate):
                    raise ValueError("a result needs properties")
                said.append("Statement validates, SimpleVerificationResult parses with its members")
            else:
                raise ValueError(f"a predicate of another type: {kind}")
        except Exception as problem:
            raise Rejected(f"{type(problem).__name__}: {problem}")
    return "; ".join(said)


# --- Croissant ------------------------------------------------------------------------------------


def croissant(text):
    import mlcroissant

    with tempfile.TemporaryDirectory() as root:
        place = pathlib.Path(root) / "crate"
        shutil.copytree(folder / "files", place)
        (place / "croissant.json").write_text(text)
        try:
            dataset = mlcroissant.Dataset(jsonld=str(place / "croissant.json"))
            issues = dataset.metadata.ctx.issues
            rows = list(dataset.records(record_set="rows"))
        except Exception as problem:
            raise Rejected(f"{type(problem).__name__}: {problem}")
        if issues.errors or issues.warnings:
            raise Rejected("; ".join(sorted(issues.errors | issues.warnings)))
        return f"no error and no warning; {len(rows)} rows of {len(rows[0])} columns loaded"


# --- CycloneDX ------------------------------------------------------------------------------------


def cyclonedx(text):
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    problem = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    if problem is not None:
        raise Rejected(str(problem.data)[:300] if hasattr(problem, "data") else str(problem)[:300])
    return "JsonStrictValidator(1.6): valid"


# --- SageMaker ------------------------------------------------------------------------------------


def sagemaker(text):
    import jsonschema
    from sagemaker.core.shapes import model_card_shapes

    said = []
    content = json.loads(text)
    try:
        model_card_shapes.ModelCardContent(**content)
        said.append("ModelCardContent takes it")
        if card_schema:
            jsonschema.Draft7Validator(card_schema).validate(content)
            said.append("model_card_schema.json: valid")
    except Exception as problem:
        raise Rejected(f"{type(problem).__name__}: {str(problem).splitlines()[0]}")
    return "; ".join(said)


def model_package(text):
    import botocore.session, botocore.validate

    model = botocore.session.get_session().get_service_model("sagemaker")
    shape = model.operation_model("CreateModelPackage").input_shape
    request = json.loads(text)
    report = botocore.validate.ParamValidator().validate(request, shape)
    if report.has_errors():
        raise Rejected(report.generate_report())

    # Botocore leaves maximums, patterns and choices to the service; its model states them.
    def limits(value, shape, path):
        import re

        rules = shape.metadata
        if isinstance(value, str):
            if len(value) > rules.get("max", 10**9):
                raise Rejected(f"{path} is longer than {rules['max']}")
            if "enum" in rules and value not in rules["enum"]:
                raise Rejected(f"{path} is none of {rules['enum']}")
            pattern = rules.get("pattern")
            if pattern and "\\p" not in pattern and not re.fullmatch(pattern, value):
                raise Rejected(f"{path} does not match {pattern}")
        elif shape.type_name == "structure":
            for name, member in value.items():
                limits(member, shape.members[name], f"{path}.{name}")
        elif shape.type_name == "map":
            if len(value) > rules.get("max", 10**9):
                raise Rejected(f"{path} has more than {rules['max']} members")
            for name, member in value.items():
                limits(name, shape.key, path)
                limits(member, shape.value, f"{path}.{name}")
        elif shape.type_name == "list":
            for index, item in enumerate(value):
                limits(item, shape.member, f"{path}[{index}]")

    limits(request, shape, "request")
    said = sagemaker(request["ModelCard"]["ModelCardContent"])
    return f"CreateModelPackage takes it; its model's maximums, patterns and choices hold; {said}"


# --- OpenSSF model signature ----------------------------------------------------------------------


def signature(place, key):
    command = [sys.executable, "-m", "model_signing", "verify", "key", str(place),
               "--signature", str(place / "model.sig"), "--public_key", str(key)]
    ended = subprocess.run(command, capture_output=True, text=True)
    said = (ended.stdout + ended.stderr).strip().splitlines()
    if ended.returncode != 0:
        raise Rejected(said[-1].replace(str(place), "signed") if said else "no")
    return said[-1]


# --- variants in which something is broken --------------------------------------------------------


def edited(change):
    """A variant of a JSON document; of lines of JSON, of the first line."""

    def apply(text):
        try:
            value, rest = json.loads(text), []
        except json.JSONDecodeError:
            first, *rest = text.splitlines()
            value = json.loads(first)
        change(value)
        return "\n".join([json.dumps(value)] + rest) + "\n"

    return apply


def of_result(change):
    """A variant in the line of the verification's result, which is the third."""

    def apply(text):
        lines = text.splitlines()
        lines[2] = change(lines[2]).strip()
        return "\n".join(lines) + "\n"

    return apply


def entity(value, identifier):
    return next(item for item in value["@graph"] if item["@id"] == identifier)


def drop(*path):
    def change(value):
        for name in path[:-1]:
            value = value[name]
        del value[path[-1]]

    return edited(change)


def put(new, *path):
    def change(value):
        for name in path[:-1]:
            value = value[name]
        value[path[-1]] = new

    return edited(change)


def without_step(value):
    value["@graph"].remove(entity(value, "#step-fit"))


BROKEN = {
    "prov": [
        ("no prefix", drop("prefix")),
        ("not JSON", lambda text: text[:-4]),
    ],
    "rocrate": [
        ("no licence", edited(lambda v: entity(v, "./").pop("license"))),
        ("no main entity", edited(lambda v: entity(v, "./").pop("mainEntity"))),
        ("a step without its tool", edited(lambda v: entity(v, "#step-fit").pop("workExample"))),
        ("an orchestration without an engine",
         edited(lambda v: entity(v, "#orchestration").pop("instrument"))),
        ("a control action without its step",
         edited(lambda v: entity(v, "#control-fit").pop("instrument"))),
        ("a part that is not there", edited(lambda v: (
            entity(v, "./")["hasPart"].append({"@id": "nowhere.csv"}),
            v["@graph"].append({"@id": "nowhere.csv", "@type": "File", "name": "x"})))),
        ("no profile", edited(lambda v: entity(v, "./").pop("conformsTo"))),
    ],
    "openlineage": [
        ("a run id that is no UUID", put("run 1", "run", "runId")),
        ("no run", drop("run")),
        ("an event type that is none", put("DONE", "eventType")),
        ("a time that is none", put("yesterday", "eventTime")),
        ("a facet of a member that it doesn't have",
         put({"x": 1, "_producer": "urn:a:b", "_schemaURL": "https://a/#/$defs/JobTypeJobFacet"},
             "job", "facets", "jobType")),
    ],
    "intoto": [
        ("another type", put("https://in-toto.io/Statement/v9", "_type")),
        ("no subject", put([], "subject")),
        ("a subject without a digest", drop("subject", 0, "digest")),
        ("a member that provenance doesn't know", put(1, "predicate", "surprise")),
        ("a builder without id", drop("predicate", "runDetails", "builder", "id")),
        ("a member that a verification's result doesn't know",
         of_result(put([], "predicate", "verifier", "policies"))),
        ("a verification without its time", of_result(drop("predicate", "timeCreated"))),
        ("a verification at a time that is none",
         of_result(put("yesterday", "predicate", "timeCreated"))),
        ("a verification by nobody", of_result(drop("predicate", "verifier", "id"))),
    ],
    "croissant": [
        ("a column that the file lacks",
         put("nowhere", "recordSet", 0, "field", 0, "source", "extract", "column")),
        ("a file of another content", put("0" * 64, "distribution", 0, "sha256")),
        ("a field of a file that is not described",
         put("other.csv", "recordSet", 0, "field", 0, "source", "fileObject", "@id")),
    ],
    "cyclonedx": [
        ("an approach that is none",
         put("guessing", "metadata", "component", "modelCard", "modelParameters", "approach", "type")),
        ("a member that it doesn't know", put(1, "surprise")),
        ("a digest that is too short", put("00", "metadata", "component", "hashes", 0, "content")),
        ("a data component without type", drop("components", 0, "data", 0, "type")),
    ],
    "sagemaker": [
        ("a rating that is none", put("Enormous", "intended_uses", "risk_rating")),
        ("an evaluation without a name", drop("evaluation_details", 0, "name")),
        ("a metric whose value is a list",
         put([1], "evaluation_details", 0, "metric_groups", 0, "metric_data", 0, "value")),
    ],
    "model-package": [
        ("a member that it doesn't know", put(1, "Surprise")),
        ("a status that is none", put("Perhaps", "ModelApprovalStatus")),
        ("a group's name with an underline", put("a_b", "ModelPackageGroupName")),
        ("a description that is too long", put("x" * 2000, "ModelPackageDescription")),
        ("a card's content of another kind",
         put('{"intended_uses": {"risk_rating": "Enormous"}}', "ModelCard", "ModelCardContent")),
    ],
}

CHECKS = {
    "prov": (prov, "prov"), "rocrate": (rocrate, "roc-validator"),
    "openlineage": (openlineage, "openlineage-python"), "intoto": (intoto, "in-toto-attestation"),
    "croissant": (croissant, "mlcroissant"), "cyclonedx": (cyclonedx, "cyclonedx-python-lib"),
    "sagemaker": (sagemaker, "sagemaker-core"), "model-package": (model_package, "botocore"),
}


def main():
    offline_contexts()
    accepted, rejected = {}, {}
    failures = 0
    for path in sorted(folder.iterdir()):
        standard = path.suffix.lstrip(".")
        if standard not in CHECKS or path.name == "checked.json":
            continue
        check, package = CHECKS[standard]
        text = path.read_text()
        try:
            said = check(text)
        except Rejected as problem:
            print(f"REJECTED {path.name}: {problem}")
            failures += 1
            continue
        print(f"{path.name}: {said}")
        accepted[path.name] = {
            "digest": hashlib.sha256(text.encode()).hexdigest(), "client": client(package), "said": said,
        }
        first = {"prov": "version.prov", "rocrate": "run.rocrate", "openlineage": "run.openlineage",
                 "intoto": "version.intoto", "croissant": "version.croissant"}
        if path.name != first.get(standard, path.name) or folder != here:
            continue
        for change, variant in BROKEN[standard]:
            try:
                said = check(variant(text))
                print(f"  NOT FOUND: {change}: {said}")
            except Rejected as problem:
                rejected.setdefault(standard, []).append({"change": change, "said": str(problem)[:300]})
    place, key = folder / "signed", folder / "key.pub.pem"
    if place.exists():
        said = signature(place, key)
        accepted["signed/model.sig"] = {
            "digest": hashlib.sha256((place / "model.sig").read_bytes()).hexdigest(),
            "client": client("model-signing"), "said": said,
        }
        print(f"signed: {said}")
        changes = {
            "an edited model": lambda p: (p / "model").write_bytes(b"another"),
            "an edited evidence": lambda p: (p / "version.json").write_bytes(b"{}"),
            "a file more": lambda p: (p / "more").write_bytes(b"x"),
            "a file less": lambda p: (p / "version.json").unlink(),
        }
        for change, apply in changes.items():
            with tempfile.TemporaryDirectory() as root:
                other = pathlib.Path(root) / "signed"
                shutil.copytree(place, other)
                apply(other)
                try:
                    print(f"  NOT FOUND: {change}: {signature(other, key)}")
                except Rejected as problem:
                    rejected.setdefault("signature", []).append(
                        {"change": change, "said": str(problem)[:300]})
    if failures == 0:
        text = json.dumps({"accepted": accepted, "rejected": rejected}, indent=1, sort_keys=True)
        (folder / "checked.json").write_text(text + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
