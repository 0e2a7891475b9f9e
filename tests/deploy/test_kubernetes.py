"""The manifests against the schemas of Kubernetes, and against the program they run."""

import re
import shutil
import subprocess

import kubernetes_validate
import pytest
import yaml
from verbatim_server import ROOT, program

FOLDER = ROOT / "deploy" / "kubernetes"
KUSTOMIZATION = yaml.safe_load((FOLDER / "kustomization.yaml").read_text())
# The oldest that has all that the manifests use, and the newest that is known here.
VERSIONS = ["1.27", kubernetes_validate.latest_version()]


def manifests():
    """What kustomize lists, by kind."""
    documents = [
        document
        for name in KUSTOMIZATION["resources"]
        for document in yaml.safe_load_all((FOLDER / name).read_text())
    ]
    return {document["kind"]: document for document in documents}


MANIFESTS = manifests()
POD = MANIFESTS["Deployment"]["spec"]["template"]["spec"]
(CONTAINER,) = POD["containers"]
SETTINGS = {setting["name"]: setting["value"] for setting in CONTAINER["env"]}


def test_no_file_is_left_out():
    files = {path.name for path in FOLDER.glob("*.yaml")} - {"kustomization.yaml"}
    assert files == set(KUSTOMIZATION["resources"])


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("kind", MANIFESTS)
def test_it_is_what_kubernetes_takes(kind, version):
    kubernetes_validate.validate(MANIFESTS[kind], version, strict=True)


def test_a_manifest_with_a_wrong_field_would_be_found():
    wrong = {**MANIFESTS["Service"], "spek": {}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[0], strict=True)


def test_kustomize_makes_the_same_of_it():
    if not shutil.which("kubectl"):
        pytest.skip("no kubectl here: what kustomize makes of the files is not checked")
    made = subprocess.run(["kubectl", "kustomize", FOLDER], capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    documents = list(yaml.safe_load_all(made.stdout))
    assert {document["kind"] for document in documents} == set(MANIFESTS)
    for document in documents:
        kubernetes_validate.validate(document, VERSIONS[-1], strict=True)
    deployment = next(one for one in documents if one["kind"] == "Deployment")
    image = deployment["spec"]["template"]["spec"]["containers"][0]["image"]
    assert image.startswith("registry.example.com/verbatim:")


def test_every_setting_is_one_of_the_program():
    told = subprocess.run([program(), "serve", "--help"], capture_output=True, text=True).stdout
    assert set(SETTINGS) <= set(re.findall(r"env: (VERBATIM_\w+)=", told))


def test_there_is_time_to_drain():
    drain = float(SETTINGS["VERBATIM_DRAIN_DELAY"]) + float(SETTINGS["VERBATIM_DRAIN_TIMEOUT"])
    assert POD["terminationGracePeriodSeconds"] > drain
    # Readiness fails well before calls are refused.
    assert CONTAINER["readinessProbe"]["periodSeconds"] < float(SETTINGS["VERBATIM_DRAIN_DELAY"])


def test_names_and_labels_fit_together():
    labels = MANIFESTS["Deployment"]["spec"]["template"]["metadata"]["labels"].items()
    assert MANIFESTS["Service"]["spec"]["selector"].items() <= labels
    assert MANIFESTS["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"].items() <= labels
    assert MANIFESTS["NetworkPolicy"]["spec"]["podSelector"]["matchLabels"].items() <= labels
    for constraint in POD["topologySpreadConstraints"]:
        assert constraint["labelSelector"]["matchLabels"].items() <= labels
    ports = {port["name"]: port["containerPort"] for port in CONTAINER["ports"]}
    assert {port["targetPort"] for port in MANIFESTS["Service"]["spec"]["ports"]} == set(ports)
    assert CONTAINER["readinessProbe"]["grpc"]["port"] == ports["grpc"]
    target = MANIFESTS["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert target["name"] == MANIFESTS["Deployment"]["metadata"]["name"]
    dockerfile = (ROOT / "docker" / "Dockerfile").read_text()
    for port in ports.values():
        assert f"0.0.0.0:{port}" in dockerfile
