
"use strict";
// A search ignores accents and case.
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = text => plain(text).split(/\s+/).filter(word => word !== "");
