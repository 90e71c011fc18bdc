"use strict";
// Tables that sort by a click on a heading and filter by a word or a value. Without this script all rows stand as they were written.
for (const table of document.querySelectorAll("table.sorts")) {
  const body = table.tBodies[0];
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const key = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.key === undefined ? cell.textContent : Number(cell.dataset.key);
  };
  const compare = (a, b) => {
    if (typeof a === "number" && typeof b === "number") {
      // What is no number stands last either way.
      return Number.isNaN(a) - Number.isNaN(b) || a - b;
    }
    return order.compare(a, b);
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const falling = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      rows.sort((a, b) => {
        const [x, y] = [key(a, column), key(b, column)];
        const lost = Number.isNaN(x) || Number.isNaN(y);
        return falling && !lost ? compare(y, x) : compare(x, y);
      });
      body.append(...rows);
    });
  });

  const controls = document.createElement("div");
  controls.className = "controls";
  const count = document.createElement("output");
  const field = (label, control) => {
    const around = document.createElement("label");
    around.append(label, control);
    controls.append(around);
    return control;
  };
  const word = field("Search", document.createElement("input"));
  word.type = "search";
  const picks = [];
  heads.forEach((head, column) => {
    if (head.dataset.pick === undefined) return;
    const values = [...new Set(rows.map((row) => row.cells[column].textContent))];
    if (values.length < 2) return;
    const select = field(head.textContent, document.createElement("select"));
    select.add(new Option("all", "*"));
    values.forEach((value, place) => select.add(new Option(value, String(place))));
    const first = values.indexOf(head.dataset.pick);
    select.value = first < 0 ? "*" : String(first);
    picks.push((row) => select.value === "*" || row.cells[column].textContent === values[Number(select.value)]);
  });
  const filter = () => {
    const wanted = word.value.trim().toLocaleLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !(picks.every((pick) => pick(row)) && row.textContent.toLocaleLowerCase().includes(wanted));
      shown += row.hidden ? 0 : 1;
    }
    count.textContent = `${shown} of ${rows.length} rows`;
  };
  controls.addEventListener("input", filter);
  controls.append(count);
  table.parentElement.before(controls);
  filter();
}
