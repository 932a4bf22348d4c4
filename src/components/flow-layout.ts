export interface FlowLink {
  id: string
  title: string
  sub?: string
  /** Ids that must be finished before this one begins. */
  after: string[]
}

interface FlowSize {
  /** Width to fill; the picture grows beyond it when there are too many columns. */
  width: number
  nodeMin: number
  nodeMax: number
  gapX: number
  gapY: number
  /** Width of one Chinese character of a title, and the height of a line. */
  em: number
  line: number
}

interface FlowShape {
  width: number
  height: number
  nodes: { id: string; column: number; row: number; x: number; y: number; width: number; height: number }[]
  lines: string[]
}

export const flowSizes: Record<'normal' | 'elder', FlowSize> = {
  normal: { width: 309, nodeMin: 88, nodeMax: 140, gapX: 22, gapY: 12, em: 13, line: 18 },
  elder: { width: 309, nodeMin: 132, nodeMax: 180, gapX: 26, gapY: 14, em: 19, line: 27 },
}

/**
 * Places nodes in columns: one stands right of everything it waits for. Links that follow from others are left out, and a link
 * over several columns keeps a free row for itself on the way, so that no line runs through a node.
 */
export function layoutFlow(links: FlowLink[], size: FlowSize): FlowShape {
  const before = directLinks(links)
  const columns = columnsOf(links, before)
  const slots = placeRows(links, before, columns)
  const count = Math.max(0, ...columns.values()) + 1
  const nodeWidth = Math.min(size.nodeMax, Math.max(size.nodeMin, Math.floor((size.width - (count - 1) * size.gapX) / count)))
  const nodeHeight = Math.max(0, ...links.map((link) => heightOf(link, nodeWidth, size)))
  const left = (column: number) => column * (nodeWidth + size.gapX)
  const centre = (row: number) => row * (nodeHeight + size.gapY) + nodeHeight / 2

  const nodes = links.map(({ id }) => {
    const column = columns.get(id) ?? 0
    const row = slots.get(slot(id, column)) ?? 0
    return { id, column, row, x: left(column), y: centre(row) - nodeHeight / 2, width: nodeWidth, height: nodeHeight }
  })
  const lines = nodes.flatMap((node) => (before.get(node.id) ?? []).map((from) => {
    const start = columns.get(from) ?? 0
    let path = ''
    for (let column = start; column < node.column; column++) {
      const y1 = centre(rowOnTheWay(slots, from, node.id, column, start))
      const y2 = centre(column + 1 === node.column ? node.row : slots.get(slot(`${from}>${node.id}`, column + 1)) ?? 0)
      path += bend(left(column) + (column === start ? nodeWidth : 0), y1, left(column + 1) - size.gapX / 2, y2, left(column + 1))
    }
    return path
  }))
  const rows = Math.max(0, ...nodes.map(({ row }) => row)) + 1
  return { width: left(count - 1) + nodeWidth, height: rows * (nodeHeight + size.gapY) - size.gapY, nodes, lines }
}

const slot = (id: string, column: number) => `${id}@${column}`

function rowOnTheWay(slots: Map<string, number>, from: string, to: string, column: number, start: number): number {
  return slots.get(column === start ? slot(from, column) : slot(`${from}>${to}`, column)) ?? 0
}

function directLinks(links: FlowLink[]): Map<string, string[]> {
  const known = new Map(links.map(({ id, after }) => [id, after]))
  const reaches = (from: string, to: string, seen = new Set<string>()): boolean => (known.get(from) ?? []).some((id) => {
    if (id === to) return true
    if (seen.has(id)) return false
    seen.add(id)
    return reaches(id, to, seen)
  })
  return new Map(links.map(({ id, after }) => {
    const real = [...new Set(after)].filter((one) => one !== id && known.has(one))
    return [id, real.filter((one) => !real.some((other) => other !== one && reaches(other, one)))]
  }))
}

function columnsOf(links: FlowLink[], before: Map<string, string[]>): Map<string, number> {
  const columns = new Map<string, number>()
  function column(id: string, path: string[]): number {
    const known = columns.get(id)
    if (known !== undefined) return known
    if (path.includes(id)) return 0
    const found = Math.max(-1, ...(before.get(id) ?? []).map((one) => column(one, [...path, id]))) + 1
    columns.set(id, found)
    return found
  }
  links.forEach(({ id }) => column(id, []))
  return columns
}

/** Rows per column: as near to what it waits for as is free, in the order of those rows, then in the given order. */
function placeRows(links: FlowLink[], before: Map<string, string[]>, columns: Map<string, number>): Map<string, number> {
  const rows = new Map<string, number>()
  const last = Math.max(0, ...columns.values())
  for (let column = 0; column <= last; column++) {
    const wanted = wantsIn(column, links, before, columns, rows).sort((a, b) => a.row - b.row)
    let free = 0
    for (const { key, row } of wanted) {
      const placed = Math.max(free, row)
      rows.set(slot(key, column), placed)
      free = placed + 1
    }
  }
  return rows
}

function wantsIn(
  column: number, links: FlowLink[], before: Map<string, string[]>, columns: Map<string, number>, rows: Map<string, number>,
): { key: string; row: number }[] {
  const rowBefore = (from: string, to: string) => rowOnTheWay(rows, from, to, column - 1, columns.get(from) ?? 0)
  return links.flatMap(({ id }) => {
    const at = columns.get(id) ?? 0
    const sources = before.get(id) ?? []
    if (at === column) return [{ key: id, row: sources.length ? Math.min(...sources.map((from) => rowBefore(from, id))) : 0 }]
    return sources.filter((from) => (columns.get(from) ?? 0) < column && column < at)
      .map((from) => ({ key: `${from}>${id}`, row: rowBefore(from, id) }))
  })
}

/** Height of a node: its title broken into lines of Chinese characters (two Latin ones count as one), its sub line, its padding. */
function heightOf({ title, sub }: FlowLink, width: number, { em, line }: FlowSize): number {
  const characters = [...title].reduce((sum, char) => sum + (char < '\u2E80' ? 0.6 : 1), 0)
  const perLine = Math.max(1, Math.floor((width - 14) / em))
  const subLines = sub ? Math.ceil([...sub].length / Math.floor((width - 14) / (em - 1))) : 0
  return Math.max(44, (Math.ceil(characters / perLine) + subLines) * line + 14)
}

function bend(x1: number, y1: number, middle: number, y2: number, x2: number): string {
  if (y1 === y2) return `M${x1} ${y1}H${x2}`
  const r = 6 * Math.sign(y2 - y1)
  return `M${x1} ${y1}H${middle - 6}Q${middle} ${y1} ${middle} ${y1 + r}V${y2 - r}Q${middle} ${y2} ${middle + 6} ${y2}H${x2}`
}
