"""The public, read-only JSON API below `/api/v1/`; `public` puts it together."""
