"""Unfinished uploads: where their bytes gather, and who may write to them."""

from pennydrop.uploads.staging.open import open_staging
from pennydrop.uploads.staging.port import PartWriter, RunningHash, Staging

__all__ = ["PartWriter", "RunningHash", "Staging", "open_staging"]
