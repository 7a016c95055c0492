// Tells the loader whether a conversation was open on the page before this one. Stores nothing.

import { stored } from "./stored.js";

parent.postMessage({ cece: "peek", open: stored.read().open }, "*");
