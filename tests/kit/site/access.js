// axe-core on each page, in light and dark colours: access.js AXE.js PAGE.html ...
async function check([axe, ...pages]) {
    for (const page of pages) {
        const {document} = await show(page),
            script = document.createElement("script");
        script.src = axe;
        document.head.append(script);
        const tool = await until(() => document.defaultView.axe);
        for (const colours of ["light", "dark"]) {
            if (document.documentElement.classList.contains(colours + "-mode") === false)
                document.getElementById("dark").click();
            const {violations, passes} = await tool.run();
            for (const {id, help, nodes} of violations)
                wrong(`${page}, ${colours}: ${help} (${id}): ${nodes[0].html.slice(0, 160)}`);
            if (passes.length < 10) wrong(`${page}: axe has looked at nothing`);
        }
        if (document.querySelectorAll("h1").length !== 1)
            wrong(`${page} has ${document.querySelectorAll("h1").length} titles`);
    }
    say(`${pages.length} pages looked at`);
}
