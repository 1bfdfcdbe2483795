"""What a worker of a cluster runs. It has the program's libraries, and learns of the program itself with the work."""

from collections.abc import Callable, Mapping

Caller = Callable[[str, bytes, Mapping[str, str], bytes, bytes], object]


def caller() -> Caller:
    """Give a function that travels as code, since it stands within a function: no worker has this module.

    Called with the program's digest and sources, the versions that are asked for, a function, and what it is given
    (both as pickles), it gives what that function gives. The modules of a program stay where they were loaded until
    work for another program comes; two programs at work in one process at one time are an error, never a mixture.
    """

    def call(digest: str, program: bytes, versions: Mapping[str, str], function: bytes, given: bytes) -> object:
        import importlib
        import json
        import pickle  # nosec B403
        import sys
        import threading
        import types
        import zlib
        from collections.abc import Mapping
        from importlib.abc import ExecutionLoader, MetaPathFinder
        from importlib.machinery import ModuleSpec
        from importlib.metadata import PackageNotFoundError, version
        from importlib.util import spec_from_loader

        name = "generator"

        class Sent(MetaPathFinder, ExecutionLoader):
            """Gives the modules of a program from its sources, which are never written to a disk."""

            def __init__(self, sources: Mapping[str, str]) -> None:
                self.files = {}
                for path in sources:
                    dotted = f"{name}/{path}".removesuffix(".py").removesuffix("/__init__").replace("/", ".")
                    self.files[dotted] = path
                self.sources = sources

            def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
                return spec_from_loader(fullname, self) if fullname in self.files else None

            def is_package(self, fullname: str) -> bool:
                return self.files[fullname].endswith("__init__.py")

            def get_filename(self, fullname: str) -> str:
                return f"{digest}/{name}/{self.files[fullname]}"

            def get_source(self, fullname: str) -> str:
                return self.sources[self.files[fullname]]

        def found(library: str) -> str:
            try:
                return version(library)
            except PackageNotFoundError:
                return ""

        held = sys.modules.setdefault("evidence_site_held", types.ModuleType("evidence_site_held"))
        with vars(held).setdefault("lock", threading.RLock()):
            if vars(held).get("digest") != digest:
                vars(held)["digest"] = ""  # until all of it is there
                sys.meta_path[:] = [one for one in sys.meta_path if one is not vars(held).get("finder")]
                for loaded in [one for one in sys.modules if one == name or one.startswith(f"{name}.")]:
                    del sys.modules[loaded]
                vars(held)["finder"] = Sent(json.loads(zlib.decompress(program)))
                sys.meta_path.insert(0, vars(held)["finder"])
                importlib.import_module(name)
                vars(held)["digest"] = digest
                vars(held)["loads"] = vars(held).get("loads", 0) + 1
            loads = vars(held)["loads"]
        unusable = importlib.import_module(f"{name}.problems.faults").Unusable
        if vars(held).get("agreed") != versions:  # asked once, since looking them up costs as much as making a page
            others = [one for one, wanted in versions.items() if found(one) != wanted]
            if others:
                raise unusable(f"a worker that came later has another version of {', '.join(others)}, or none")
            vars(held)["agreed"] = versions
        # Whoever may give a worker of Dask something to do may have it run anything: this opens no other door.
        made = pickle.loads(function)(*pickle.loads(given))  # noqa: S301  # nosec B301
        if vars(held)["loads"] != loads:
            raise unusable("a worker with several threads was given the work of two versions of this program at once")
        return made

    return call
