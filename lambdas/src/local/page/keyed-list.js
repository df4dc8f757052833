/**
 * Shows items as children of `parent`, one node per key, kept for as long as the key is there. A new item gets its node
 * from `create()`, which gives `{ node, update(item) }`.
 */
export function keyedList(parent, keyOf, create) {
  const rows = new Map();
  return (items) => {
    const keys = new Set(items.map(keyOf));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.node.remove();
      rows.delete(key);
    }
    let next = parent.firstElementChild;
    for (const item of items) {
      const row = rows.get(keyOf(item)) ?? create();
      rows.set(keyOf(item), row);
      row.update(item);
      if (row.node === next) next = next.nextElementSibling;
      else parent.insertBefore(row.node, next);
    }
  };
}
