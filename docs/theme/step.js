// Ladders in a page: names that stay in sight, an edge that fades where there is more, and stepping from event to
// event. What each program's sockets have at a step stands in the picture's <metadata>; sockscope wrote it
// (tools/sockscope/ladder/steps.h).
"use strict";
document.querySelectorAll("figure.ladder").forEach(figure => {
    const wide = figure.querySelector(".wide"),
        picture = wide.querySelector("svg");
    const make = (name, attributes = {}, ...content) => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes))
            key in element ? (element[key] = value) : element.setAttribute(key, value);
        element.append(...content);
        return element;
    };

    // --- names and edge
    const HEAD = 56,
        names = make("div", {className: "names", hidden: true, ariaHidden: "true"}, make("div"));
    const head = picture.cloneNode(false);
    head.setAttribute("viewBox", `0 0 ${picture.getAttribute("width")} ${HEAD}`);
    head.setAttribute("height", HEAD);
    head.append(picture.querySelector("rect").cloneNode(false), picture.querySelector(".names").cloneNode(true));
    names.firstChild.append(head);
    wide.before(names);
    const look = () => {
        const page = document.getElementById("doc-content").getBoundingClientRect().top,
            box = wide.getBoundingClientRect();
        names.hidden = box.top > page - HEAD / 2 || box.bottom < page + 2 * HEAD;
        names.firstChild.scrollLeft = wide.scrollLeft;
        wide.classList.toggle("more", wide.scrollLeft + wide.clientWidth < wide.scrollWidth - 2);
    };
    document.addEventListener("scroll", look, {capture: true, passive: true});
    window.addEventListener("resize", look);
    window.addEventListener("load", look);

    // --- steps
    const source = picture.querySelector("metadata");
    if (!source) return;
    const {columns, steps} = JSON.parse(source.textContent);
    const groups = [...figure.querySelectorAll("[data-step]")].map(group => ({
        group,
        step: Number(group.dataset.step)
    }));
    const FIELDS = [
        ["local", "local address"],
        ["peer", "peer"],
        ["queue", "receive queue"],
        ["error", "pending error"]
    ];
    const button = (text, label, action) => make("button", {type: "button", ariaLabel: label, onclick: action}, text);
    const back = button("◀", "Previous event", () => go(at - 1)),
        next = button("Next event ▶", "Next event", () => go(at + 1));
    const whole = button("Whole picture", "Show the whole picture", () => go(-1)),
        count = make("span");
    const says = make("p", {className: "says", ariaLive: "polite"}),
        table = make("div");
    const panel = make(
        "div",
        {className: "steps", role: "group", ariaLabel: "Step through the picture"},
        back,
        next,
        whole,
        count,
        says,
        table
    );
    let at = -1;

    // The sockets of each column after a step, from what has changed until then.
    const socketsAfter = step =>
        columns.map((_, column) => {
            for (let i = step; i >= 0; i--) if (steps[i].lanes?.[column]) return steps[i].lanes[column];
            return [];
        });
    const shown = (socket, field) => {
        const value = socket?.[field];
        return field === "queue" ? (value ?? []).join(" ") : (value ?? "");
    };
    const cell = ([field, name], socket, before) => {
        const text = shown(socket, field),
            changed = socket && text !== shown(before, field);
        return make(
            "td",
            {
                className: [
                    changed ? "new" : "",
                    text ? "" : "none",
                    field === "error" && text && !changed ? "error" : ""
                ]
                    .join(" ")
                    .trim(),
                "data-name": name
            },
            text || "–"
        );
    };
    const draw = () => {
        const before = at > 0 ? socketsAfter(at - 1) : columns.map(() => []),
            rows = [];
        socketsAfter(at).forEach((sockets, column) =>
            sockets.forEach((socket, i) =>
                rows.push(
                    make(
                        "tr",
                        {},
                        make("th", {scope: "row"}, columns[column] + (sockets.length > 1 ? ` (${socket.type})` : "")),
                        ...FIELDS.map(field => cell(field, socket, before[column][i]))
                    )
                )
            )
        );
        table.replaceChildren(
            ...(rows.length === 0
                ? []
                : [
                      make(
                          "table",
                          {},
                          make(
                              "thead",
                              {},
                              make(
                                  "tr",
                                  {},
                                  make("th", {scope: "col"}, "socket of"),
                                  ...FIELDS.map(([, name]) => make("th", {scope: "col"}, name))
                              )
                          ),
                          make("tbody", {}, ...rows)
                      )
                  ])
        );
    };
    const go = to => {
        at = Math.max(-1, Math.min(to, steps.length - 1));
        const stepping = at >= 0;
        groups.forEach(({group, step}) => {
            group.classList.toggle("later", stepping && step > at);
            group.classList.toggle("now", stepping && step === at);
        });
        says.textContent = stepping ? steps[at].says : "";
        count.textContent = stepping ? ` ${at + 1} of ${steps.length}` : "";
        if (stepping) draw();
        else table.replaceChildren();
        back.disabled = whole.disabled = !stepping;
        next.disabled = at === steps.length - 1;
        if (stepping && document.activeElement?.disabled) back.focus();
        if (stepping)
            groups
                .find(({group, step}) => step === at && group.getClientRects().length)
                ?.group.scrollIntoView({block: "center", inline: "nearest"});
        if (!stepping) next.focus({preventScroll: true});
    };
    panel.addEventListener("keydown", event => {
        const to = {
            ArrowRight: at + 1,
            ArrowDown: at + 1,
            ArrowLeft: at - 1,
            ArrowUp: at - 1,
            Home: 0,
            End: steps.length - 1,
            Escape: -1
        }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        go(to);
    });
    back.disabled = whole.disabled = true;
    figure.append(panel);
});
