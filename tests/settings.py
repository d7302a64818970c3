"""The archive's own settings, on a data folder of this run's own that goes when the run ends."""

import atexit
import os
import shutil
import tempfile

folder = tempfile.mkdtemp(prefix="archive-tests-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)
os.mkdir(os.path.join(folder, "static"))  # WhiteNoise warns where it is missing
os.environ["ARCHIVE_DATA_DIR"] = folder
for name in ("ALLOWED_HOSTS", "DATABASE_URL", "DEBUG", "SECRET_KEY", "SECRET_KEY_FILE"):
    os.environ.pop(name, None)

from archive.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # fast; passwords are not what is tested
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
