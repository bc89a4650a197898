# What a hub's image has beside what repo2docker makes of this project:
#
#   repo2docker --no-run --user-id 1000 --user-name jovyan --target-repo-dir /srv/lessons \
#       --appendix "$(cat hub/image.Dockerfile)" --image-name REGISTRY/lessons:1 .
#
# The project lies in /srv/lessons: each learner's volume is mounted over the home, which would hide it.
RUN ${NB_PYTHON_PREFIX}/bin/pip install --no-cache-dir "nbgitpuller>=1.3,<2"
ENV JUPYTER_CONFIG_PATH=/srv/lessons/hub \
    JUPYTER_RUNTIME_DIR=/tmp/jupyter \
    OMP_NUM_THREADS=1 \
    OPENBLAS_NUM_THREADS=1
