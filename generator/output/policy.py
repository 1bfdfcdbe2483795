"""The headers by which a browser holds the site to what it needs: nothing is allowed that no page uses."""

from generator.output.needs import SELF, WASM, Needs

_LOADED = (
    "script-src",
    "style-src",
    "img-src",
    "font-src",
    "connect-src",
    "media-src",
    "manifest-src",
    "worker-src",
    "frame-src",
    "object-src",
)
"""What `default-src 'none'` forbids unless it is named."""
_ORDER = {SELF: 0, WASM: 1}

FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "clipboard-write",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)
"""What a page may ask of a browser, by the names that Chromium has for it: of others it complains."""

YEAR = 365 * 24 * 60 * 60
"""Seconds of a year."""


def content_policy(needs: Needs, in_page: bool = False) -> str:
    """Give the Content-Security-Policy. `in_page` leaves out what a meta element cannot say."""
    loaded = [f"{name} {_allowed(needs, name)}" for name in _LOADED if needs.sources.get(name)]
    ruled = [f"{name} {_allowed(needs, name)}" for name in ("base-uri", "form-action")]
    framed = [] if in_page else ["frame-ancestors 'none'"]
    return "; ".join(["default-src 'none'", *loaded, *ruled, *framed])


def security_headers(needs: Needs) -> list[tuple[str, str]]:
    """Give the headers that go with every answer, by name."""
    permissions = ", ".join(f"{name}=({'self' if name in needs.features else ''})" for name in FEATURES)
    return [
        ("Content-Security-Policy", content_policy(needs)),
        ("Strict-Transport-Security", f"max-age={YEAR}"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", permissions),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]


def _allowed(needs: Needs, directive: str) -> str:
    sources = needs.sources.get(directive, frozenset())
    return " ".join(sorted(sources, key=lambda one: (_ORDER.get(one, 9), one))) or "'none'"
