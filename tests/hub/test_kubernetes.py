"""The image and the values for Zero to JupyterHub, tried as far as goes without a cluster."""

import json
import re
import subprocess
import sys
from textwrap import dedent

import jsonschema
import pytest
import yaml

from tools.run import ROOT

APPENDIX = (ROOT / "hub" / "image.Dockerfile").read_text("utf-8")
VALUES = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
# The chart's own; its first line says where it comes from.
SCHEMA = json.loads((ROOT / "tests" / "hub" / "chart.schema.json").read_text("utf-8"))
ONE_MACHINE = (ROOT / "hub" / "jupyterhub_config.py").read_text("utf-8")


def test_repo2docker_plans_the_image():
    command = [sys.executable, "-m", "repo2docker", "--no-build", "--debug", "--user-id=1000"]
    command += ["--user-name=jovyan", "--target-repo-dir=/srv/lessons", "--appendix", APPENDIX, "."]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    plan = made.stdout + made.stderr
    environment = plan.index('env update -p ${NB_PYTHON_PREFIX} --file "environment.yml"')
    assert plan.index("COPY --chown=1000:1000 src/ ${REPO_DIR}/") < environment
    assert environment < plan.index('pip install --no-cache-dir "nbgitpuller')
    assert "ENV JUPYTER_CONFIG_PATH=/srv/lessons/hub" in plan


def test_values_keep_to_the_schema_of_the_chart():
    jsonschema.validate(VALUES, SCHEMA)


@pytest.mark.parametrize("guide", ["hub.md", "hub.zh-CN.md"])
def test_the_example_of_the_guide_does_so_too(guide):
    text = (ROOT / "docs" / guide).read_text("utf-8")
    (example,) = re.findall(r"^   ```yaml\n(.*?)^   ```$", text, re.DOTALL | re.MULTILINE)
    jsonschema.validate(yaml.safe_load(dedent(example)), SCHEMA)


@pytest.mark.parametrize("path", ["cull", "singleuser memory", "scheduling userPlaceholder"])
def test_the_schema_finds_a_word_that_the_chart_does_not_know(path):
    values = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
    part = values
    for name in path.split():
        part = part[name]
    part["misspelled"] = part.popitem()[1]
    with pytest.raises(jsonschema.ValidationError, match="'misspelled' was unexpected"):
        jsonschema.validate(values, SCHEMA)


def test_a_cluster_and_one_machine_agree():
    limit, seconds = VALUES["singleuser"]["memory"]["limit"], VALUES["cull"]["timeout"]
    assert f'c.Spawner.mem_limit = "{limit}"' in ONE_MACHINE
    assert f'"--timeout={seconds}"' in ONE_MACHINE
    authenticator = VALUES["hub"]["config"]["JupyterHub"]["authenticator_class"]
    assert f'authenticator_class = "{authenticator}"' in ONE_MACHINE


def test_the_image_pulls_what_the_hub_of_one_machine_pulls():
    locked = (ROOT / "hub" / "requirements.lock").read_text("utf-8")
    pinned = re.search(r"^nbgitpuller==(\d+\.\d+)", locked, re.MULTILINE)[1]
    assert f'"nbgitpuller>={pinned},' in APPENDIX
