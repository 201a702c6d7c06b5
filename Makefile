# For contributors; `python3 tests` and `.ci/run` do without make.
PYTHON = "$$(python3 -m annotator.bootstrap test)"
PACKAGING = "$$(python3 -m annotator.bootstrap package)"

.PHONY: check format bench soak docs translations bundle deb bare icons kills

check:  ## everything that a change has to pass
	.ci/run

format:  ## put the code in its one form and mend what can be mended
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench:  ## the figures of the budgets, as ratios
	python3 tests tests/benchmarks --benchmark-only --benchmark-quiet --write-figures

soak:  ## 20,000 random actions in the window, some minutes long; SEED=n for other choices
	python3 tests tests/desktop/test_soak.py --soak-actions 20000 --soak-seed $(or $(SEED),1) -s

kills:  ## kill -9 the writer of a project 1,000 times: nothing that was shown as saved is lost
	python3 tests tests/store/test_kill.py --kills 1000 -s

docs:  ## the pages that are made from the program
	$(PYTHON) -m tests.pages

bundle:  ## dist/annotator: the program with its own Python, in one folder
	PYTHONPATH=. $(PACKAGING) resources/packaging/bundle.py
	PYTHONPATH=. $(PACKAGING) -m tests.packaging.bundle_check dist/annotator

deb:  ## dist/annotator_*.deb, of the bundle: `make bundle deb`
	PYTHONPATH=. $(PACKAGING) resources/packaging/debian_package.py

icons:  ## the icons of the desktop in their sizes, from the drawings
	PYTHONPATH=. $(PACKAGING) resources/packaging/icons.py

bare:  ## install, use and remove the package on a Debian that has nothing (root and debootstrap)
	tests/packaging/bare_debian.sh dist/annotator_*.deb

translations:  ## the texts for Qt Linguist, brought up to date; LANGUAGE=de begins a language
	$(PYTHON) -m tests.translations $(LANGUAGE)
