// What the theme leaves out: colours, contents and code by keyboard, contents that follow and fold, answers unfolded on
// paper.
"use strict";
const all = (selector, within = document) => [...within.querySelectorAll(selector)];

// --- dark or light: the theme keeps the choice, the button is ours
(() => {
    const button = document.getElementById("dark"),
        theme = DoxygenAwesomeDarkModeToggle;
    const show = () =>
        button.setAttribute("aria-pressed", String(document.documentElement.classList.contains("dark-mode")));
    button.hidden = false;
    button.addEventListener("click", () => {
        theme.userPreference = !theme.userPreference;
        show();
    });
    new MutationObserver(show).observe(document.documentElement, {attributeFilter: ["class"]});
    show();
})();

// --- contents: the section that is read is marked, and only its part of a long list is unfolded
(() => {
    const toc = document.querySelector(".toc");
    if (!toc) return;
    const heading = toc.querySelector("button"),
        links = all("a", toc);
    const targets = links.map(link => document.getElementById(decodeURIComponent(link.hash.slice(1))));
    const parts = links.length > 24 ? all("li.level1", toc).filter(part => part.querySelector("ul")) : [];
    const unfold = (button, open) => button.setAttribute("aria-expanded", String(open));

    unfold(heading, window.innerWidth >= 1000);
    heading.addEventListener("click", () => unfold(heading, heading.getAttribute("aria-expanded") !== "true"));
    parts.forEach(part => {
        const fold = Object.assign(document.createElement("button"), {type: "button"});
        fold.setAttribute("aria-label", "Parts of: " + part.querySelector("a").textContent);
        fold.addEventListener("click", () => unfold(fold, fold.getAttribute("aria-expanded") !== "true"));
        unfold(fold, false);
        part.prepend(fold);
    });

    let current = null;
    const follow = () => {
        const edge = document.getElementById("doc-content").getBoundingClientRect().top + 60;
        const below = targets.findIndex(target => target && target.getBoundingClientRect().top > edge);
        const now = links[below < 0 ? links.length - 1 : Math.max(0, below - 1)];
        if (now === current) return;
        current?.removeAttribute("aria-current");
        now.setAttribute("aria-current", "location");
        const before = current?.closest("li.level1"),
            part = now.closest("li.level1");
        if (before !== part)
            parts.forEach(one => {
                if (one === part || one === before) unfold(one.firstChild, one === part);
            });
        current = now;
        if (window.innerWidth >= 1000)
            toc.scrollTop += now.getBoundingClientRect().top - toc.getBoundingClientRect().top - toc.clientHeight / 3;
    };
    let waiting = 0;
    document.addEventListener(
        "scroll",
        () => {
            waiting ||= setTimeout(() => {
                waiting = 0;
                follow();
            }, 50);
        },
        true
    );
    follow();
})();

// --- what scrolls or can be pressed can be reached with Tab
(() => {
    const reach = () =>
        all(".fragment, .scrolls, table.markdownTable, table.markdownTable > tbody, #nav-tree, .toc").forEach(part => {
            if (part.scrollWidth > part.clientWidth || part.scrollHeight > part.clientHeight) part.tabIndex = 0;
            else part.removeAttribute("tabindex");
        });
    window.addEventListener("resize", reach);
    window.addEventListener("load", () => {
        setTimeout(reach, 100); // the theme's own scripts have made space for the tree by then
        all("doxygen-awesome-fragment-copy-button").forEach(button => {
            Object.assign(button, {tabIndex: 0, role: "button", ariaLabel: "Copy to the clipboard"});
            button.addEventListener("keydown", event => {
                if (event.key === "Enter" || event.key === " ") {
                    event.preventDefault();
                    button.click();
                }
            });
        });
    });
})();

// --- on paper nothing is folded
(() => {
    let opened = [];
    window.addEventListener("beforeprint", () => {
        opened = all("details:not([open])");
        opened.forEach(fold => {
            fold.open = true;
        });
    });
    window.addEventListener("afterprint", () =>
        opened.forEach(fold => {
            fold.open = false;
        })
    );
})();
