// The site's search: lunr over the sections in search-index.js. Both are fetched when the field is first used, as
// scripts, since a page from file:// may read no other kind of file.
"use strict";
(() => {
    const form = document.getElementById("search"),
        field = document.getElementById("search-words"),
        found = document.getElementById("search-found");
    const SHOWN = 12;

    // A word keeps its underscores and inner dots (IP_RECVERR, 2.14, 127.0.0.1); of Chinese, each character is one.
    const wordsOf = text => text.toLowerCase().match(/\p{Script=Han}|[\p{L}\p{N}_]+(?:\.[\p{L}\p{N}_]+)*/gu) || [];
    const tokens = text => wordsOf(String(text ?? "")).map(word => new lunr.Token(word));

    const fetched = name =>
        new Promise((done, failed) => {
            const script = document.createElement("script");
            Object.assign(script, {src: name, onload: done, onerror: failed});
            document.head.append(script);
        });
    // Whoever types a word wants to know what it means, and seldom which of sockscope's structures has it.
    const weight = address => (/^glossary/.test(address) ? 1.6 : /^struct|_8h/.test(address) ? 0.4 : 1);
    let index = null;
    const ready = () =>
        (index ??= fetched("lunr.min.js")
            .then(() => fetched("search-index.js"))
            .then(() =>
                lunr(function () {
                    this.tokenizer = tokens;
                    this.pipeline.reset(); // no stop words ("why does send"), no trimming of Chinese
                    this.pipeline.add(lunr.stemmer);
                    this.searchPipeline.reset();
                    this.searchPipeline.add(lunr.stemmer);
                    this.field("title", {boost: 10});
                    this.field("page", {boost: 2});
                    this.field("text");
                    searchIndex.forEach(([address, title, page, text], id) =>
                        this.add({id, title, page, text}, {boost: weight(address)})
                    );
                    this.ref("id");
                })
            ));

    // All words of the query, the last one perhaps not typed to its end.
    const matches = (index, words) =>
        index.query(query =>
            words.forEach((word, at) => {
                const stem = lunr.stemmer(new lunr.Token(word)).toString();
                const start = at === words.length - 1 && /[a-z0-9]$/.test(word);
                query.term(stem, {
                    boost: 10,
                    usePipeline: false,
                    presence: start ? lunr.Query.presence.OPTIONAL : lunr.Query.presence.REQUIRED
                });
                if (start)
                    query.term(word, {
                        usePipeline: false,
                        wildcard: lunr.Query.wildcard.TRAILING,
                        presence: lunr.Query.presence.OPTIONAL
                    });
            })
        );

    // What lunr does not look at: the words one after another, first of all as a title.
    const nearness = (words, id) => {
        const phrase = " " + words.join(" ") + " ",
            [, title, , text] = searchIndex[id];
        const within = text => (" " + wordsOf(text).join(" ") + " ").includes(phrase);
        return phrase.trim() === wordsOf(title).join(" ") ? 8 : within(title) ? 4 : within(text) ? 1.5 : 1;
    };
    const best = (index, words) =>
        words.length === 0
            ? []
            : matches(index, words)
                  .map(({ref, score}) => ({id: ref, score: score * nearness(words, ref)}))
                  .sort((a, b) => b.score - a.score);

    const element = (name, text, attributes = {}) =>
        Object.assign(document.createElement(name), {textContent: text}, attributes);
    const excerpt = (text, words) => {
        const at = Math.max(
            0,
            text.toLowerCase().indexOf(words.find(word => text.toLowerCase().includes(word)) ?? text) - 50
        );
        const shown = element("span", "", {className: "text"}),
            part = (at > 0 ? "…" : "") + text.slice(at, at + 160);
        const pattern = new RegExp("(" + words.map(word => word.replace(/[.]/g, "\\.")).join("|") + ")", "giu");
        part.split(pattern).forEach((piece, n) => shown.append(n % 2 ? element("mark", piece) : piece));
        return shown;
    };
    const show = (results, words) => {
        found.hidden = words.length === 0;
        found.replaceChildren(element("p", results.length ? "" : "Nothing has all these words.", {role: "status"}));
        results.slice(0, SHOWN).forEach(({id}) => {
            const [address, title, page, text] = searchIndex[id],
                link = element("a", "", {href: address});
            link.append(
                element("span", title, {className: "title"}),
                " ",
                element("span", page === title ? "" : page, {className: "page"}),
                excerpt(text, words)
            );
            found.append(link);
        });
    };

    let asked = 0;
    const search = async () => {
        const words = wordsOf(field.value),
            mine = ++asked,
            results = best(await ready(), words);
        if (mine === asked) show(results, words);
    };
    const close = () => {
        found.hidden = true;
    };
    const step = by => {
        const stops = [field, ...found.querySelectorAll("a")];
        stops[Math.min(Math.max(stops.indexOf(document.activeElement) + by, 0), stops.length - 1)].focus();
    };

    form.hidden = false;
    field.addEventListener("focus", ready);
    field.addEventListener("input", search);
    form.addEventListener("submit", async event => {
        event.preventDefault();
        await search();
        found.querySelector("a")?.click();
    });
    form.addEventListener("keydown", event => {
        if (event.key === "Escape") {
            close();
            field.focus();
        } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            event.preventDefault();
            step(event.key === "ArrowDown" ? 1 : -1);
        }
    });
    form.addEventListener("click", event => {
        if (event.target.closest("a")) close();
    });
    document.addEventListener("click", event => {
        if (!form.contains(event.target)) close();
    });
    form.addEventListener("focusout", event => {
        if (event.relatedTarget && !form.contains(event.relatedTarget)) close();
    });
    document.addEventListener("keydown", event => {
        if (
            event.key !== "/" ||
            event.ctrlKey ||
            event.metaKey ||
            event.altKey ||
            event.target.closest("input, textarea, [contenteditable]")
        )
            return;
        event.preventDefault();
        field.focus();
    });
})();
