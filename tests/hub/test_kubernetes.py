"""The image and the values for Zero to JupyterHub, tried as far as goes without a cluster."""

import re
import subprocess
import sys

import yaml

from tools.run import ROOT

APPENDIX = (ROOT / "hub" / "image.Dockerfile").read_text("utf-8")
VALUES = yaml.safe_load((ROOT / "hub" / "values.yaml").read_text("utf-8"))
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
