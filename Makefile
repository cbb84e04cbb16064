test:
	test -x .venv/bin/python || python3 -m venv .venv
	.venv/bin/pip install -q --require-hashes -r requirements.lock
	.venv/bin/pip install -q --no-deps -e .
	.venv/bin/python -m pytest -q
