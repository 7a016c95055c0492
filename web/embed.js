// The loader: one line on a council's page puts the chat there.
//
//   <script async src="https://assistant.example.gov.uk/embed.js" data-lang="en"></script>
//
// It adds a launcher and, once that is used, a frame from the assistant's own origin; the page's
// policy needs script-src and frame-src for that origin and nothing else. It stores nothing and reads
// nothing of the page but its address and title. Options, all as data- attributes:
//   data-site    a site of cece.toml; without it the one of [site]
//   data-lang    en or cy; without it the page's own language
//   data-label   the words on the launcher
//   data-accent  the launcher's colour, #rrggbb
//   data-side    left or right
//   data-open    true opens the chat with the page
(() => {
  "use strict";
  const script = document.currentScript;
  if (!script || document.querySelector("cece-chat")) return;
  const origin = new URL(script.src).origin;
  const option = script.dataset;
  const welsh = /^cy\b/i.test(option.lang || document.documentElement.lang);
  const words = welsh
    ? { launch: "Sgwrsio â ni", frame: "Sgwrs â chynorthwyydd awtomatig y cyngor", news: "neges newydd" }
    : { launch: "Chat with us", frame: "Chat with the council’s automated assistant", news: "new message" };
  const query = new URLSearchParams({ lang: welsh ? "cy" : "en" });
  if (option.site) query.set("site", option.site);
  const accent = /^#[0-9a-f]{6}$/i.test(option.accent) ? option.accent : "#1d4f7c";
  const side = option.side === "left" ? "left" : "right";

  // White or black on the accent, whichever can be read better (WCAG 2.2, 1.4.3).
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(accent.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  const ink = 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.18 ? "#0b0c0c" : "#ffffff";

  // A sheet that is built, and not a style element: it needs no style-src.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    button { position: fixed; z-index: 2147483646; bottom: 1rem; ${side}: 1rem; min-height: 3rem; min-width: 3rem;
      max-width: calc(100vw - 2rem); padding: .5rem 1.25rem; border: 2px solid ${ink}; border-radius: 1.5rem;
      background: ${accent}; color: ${ink}; font: 600 1.0625rem/1.3 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
      box-shadow: 0 1px 6px rgba(0, 0, 0, .4); cursor: pointer; }
    button:focus-visible { outline: 4px solid #0b0c0c; outline-offset: 2px; box-shadow: 0 0 0 9px #ffdd00; }
    i { display: inline-block; width: .75em; height: .75em; margin-inline-start: .5em; border-radius: 50%; background: ${ink}; }
    i[hidden] { display: none; }
    iframe { position: fixed; z-index: 2147483647; bottom: 5rem; ${side}: 1rem; width: 26rem; max-width: calc(100vw - 2rem);
      height: min(44rem, calc(100vh - 6rem)); height: min(44rem, calc(100dvh - 6rem)); border: 1px solid #6f777b; border-radius: .5rem;
      background: #fff; color-scheme: light dark; box-shadow: 0 2px 16px rgba(0, 0, 0, .35); }
    iframe[hidden] { display: none; }
    @media (max-width: 30rem), (max-height: 30rem) {
      iframe { inset: 0; width: 100%; max-width: none; height: 100%; border: 0; border-radius: 0; }
    }
    @media (forced-colors: active) { i { background: ButtonText; forced-color-adjust: none; } }
    @media print { :host { display: none; } }
  `);

  const host = document.createElement("cece-chat");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = option.label || words.launch;
  button.setAttribute("aria-expanded", "false");
  const dot = document.createElement("i");
  dot.setAttribute("role", "img");
  dot.setAttribute("aria-label", words.news);
  dot.hidden = true;
  button.append(dot);
  root.append(button);

  let frame = null; // the chat, once it was opened
  let peek = null; // asks whether a conversation is open, on a page that is come to
  const say = (message) => frame.contentWindow?.postMessage({ cece: message, url: location.href, title: document.title }, origin);

  const framed = (path) => {
    const element = document.createElement("iframe");
    element.src = `${origin}${path}?${query}`;
    return element;
  };

  const open = (byPerson) => {
    peek?.remove();
    peek = null;
    if (!frame) {
      frame = framed("/chat");
      frame.title = words.frame;
      frame.allow = "clipboard-write";
      frame.dataset.focus = byPerson ? "yes" : "";
      root.append(frame);
    } else {
      frame.hidden = false;
      say("open");
    }
    dot.hidden = true;
    button.setAttribute("aria-expanded", "true");
    if (byPerson) frame.focus();
  };

  const close = () => {
    frame.hidden = true;
    button.setAttribute("aria-expanded", "false");
    button.focus();
  };

  button.addEventListener("click", () => {
    if (!frame || frame.hidden) return open(true);
    say("close");
    return close();
  });

  addEventListener("message", (event) => {
    if (event.origin !== origin || !event.data) return;
    const what = event.data.cece;
    if (peek && event.source === peek.contentWindow) {
      if (what === "peek" && event.data.open === true) return open(false);
      peek.remove();
      peek = null;
    } else if (frame && event.source === frame.contentWindow) {
      if (what === "ready") say(frame.dataset.focus ? "open" : "page");
      if (what === "close") close();
      if (what === "news" && frame.hidden) dot.hidden = false;
    }
  });

  const start = () => {
    document.body.append(host);
    if (option.open === "true") return open(false);
    // Only where the page has nothing better to do: a frame of a few hundred bytes.
    const idle = window.requestIdleCallback || setTimeout;
    return idle(() => {
      if (frame) return;
      peek = framed("/chat/peek");
      peek.hidden = true;
      peek.tabIndex = -1;
      peek.setAttribute("aria-hidden", "true");
      root.append(peek);
    });
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
