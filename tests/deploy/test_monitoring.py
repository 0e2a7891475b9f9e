"""The alerts and the dashboard speak of metrics and labels that a real server gives."""

import json
import re
import shutil
import subprocess

import pytest
import yaml
from verbatim_client import Client, Document, VerbatimError
from verbatim_server import ROOT, Server, free_ports

ALERTS = ROOT / "docker" / "prometheus" / "alerts.yaml"
DASHBOARD = ROOT / "docker" / "grafana" / "dashboards" / "verbatim.json"

# Labels that Prometheus and its functions add.
FOREIGN = {"instance", "job", "le"}


def expressions():
    for group in yaml.safe_load(ALERTS.read_text())["groups"]:
        for rule in group["rules"]:
            yield f"alert {rule['alert']}", rule["expr"]
    for panel in json.loads(DASHBOARD.read_text())["panels"]:
        for target in panel["targets"]:
            yield f"panel {panel['title']}", target["expr"]


@pytest.fixture(scope="module")
def samples(tmp_path_factory):
    """The labels of each metric of a server that has seen all kinds of calls."""
    tokens = tmp_path_factory.mktemp("tokens") / "tokens"
    tokens.write_text("alice abcdefghijklmnopqrstuvwxyz123456\n")
    (port,) = free_ports(1)
    flags = ["--tokens", str(tokens), "--reload-interval", "0.1"]
    with Server(*flags, admin=f"127.0.0.1:{port}") as server:
        with Client(server.address, token="abcdefghijklmnopqrstuvwxyz123456") as client:
            client.analyze("One.")
            list(client.analyze_many([Document(text="Two.")]))
            with pytest.raises(VerbatimError):
                client.analyze("")
            # A file that cannot be used: the reload fails and is counted.
            tokens.write_text("nonsense\n")
            text = ""
            while "verbatim_reloads_total{" not in text:
                text = server.get("/metrics")
    found = {}
    for line in text.splitlines():
        if match := re.match(r"(\w+)(?:\{(.*)\})? ", line):
            found.setdefault(match[1], set()).update(re.findall(r'(\w+)="([^"]*)"', match[2] or ""))
    return found


@pytest.mark.parametrize("where, expression", list(expressions()))
def test_every_metric_and_label_is_there(where, expression, samples):
    named = re.findall(r"(verbatim_\w+|\bup\b)(?:\{([^}]*)\})?", expression)
    assert named
    for name, labels in named:
        if name == "up":
            continue
        assert name in samples, name
        known = {label for label, _ in samples[name]} | FOREIGN
        assert set(re.findall(r"(\w+)\s*[!=]~?\"", labels)) <= known
        for group in re.findall(r"by \(([^)]*)\)", expression):
            used = {label.strip() for label in group.split(",")}
            assert used <= known, used - known


def test_methods_are_named_as_the_alerts_name_them(samples):
    methods = {value for label, value in samples["verbatim_requests_total"] if label == "method"}
    assert methods == {"Analyze", "AnalyzeStream"}


def test_prometheus_takes_the_settings_and_the_rules():
    promtool = shutil.which("promtool")
    if not promtool:
        pytest.skip("no promtool here: Debian's package prometheus has it")
    settings = ALERTS.with_name("prometheus.yaml")
    checked = subprocess.run(
        [promtool, "check", "config", settings], capture_output=True, text=True
    )
    assert checked.returncode == 0 and "7 rules found" in checked.stdout, checked
