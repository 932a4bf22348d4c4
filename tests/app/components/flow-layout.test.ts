import fc from 'fast-check'
import { flowSizes, layoutFlow, type FlowLink } from '../../../src/components/flow-layout'

const node = (id: string, ...after: string[]): FlowLink => ({ id, title: id, after })
const place = (links: FlowLink[]) =>
  Object.fromEntries(layoutFlow(links, flowSizes.normal).nodes.map(({ id, column, row }) => [id, [column, row]]))

describe('先后图的排布', () => {
  test('等谁就排在谁右边，同时办的上下排开', () => {
    expect(place([node('出生证'), node('落户', '出生证'), node('医保', '落户'), node('社保卡', '落户'), node('补贴', '落户')])).toEqual({
      出生证: [0, 0], 落户: [1, 0], 医保: [2, 0], 社保卡: [2, 1], 补贴: [2, 2],
    })
  })

  test('能由别的先后推出来的线不重复画', () => {
    const { lines } = layoutFlow([node('a'), node('b', 'a'), node('c', 'a', 'b')], flowSizes.normal)
    expect(lines).toHaveLength(2)
  })

  test('跨列的线占一行空位，不从别的框中间穿过', () => {
    const shape = layoutFlow([node('a'), node('b', 'a'), node('c', 'b'), node('x'), node('y', 'c', 'x')], flowSizes.normal)
    const { x: free, ...rest } = Object.fromEntries(shape.nodes.map((one) => [one.id, one.row]))
    expect(free).toBe(1)
    expect(rest).toEqual({ a: 0, b: 0, c: 0, y: 0 })
    const long = shape.lines[shape.lines.length - 1] ?? ''
    const below = shape.nodes.find(({ id }) => id === 'x')
    expect(long.startsWith(`M${below?.width} ${(below?.y ?? 0) + (below?.height ?? 0) / 2}`)).toBe(true)
  })

  test('不认识的、指向自己的和成环的先后都不会卡住', () => {
    const shape = layoutFlow([node('a', 'a', '不存在'), node('b', 'c'), node('c', 'b')], flowSizes.normal)
    expect(shape.nodes).toHaveLength(3)
  })

  test('一件事也没有时是空图', () => {
    expect(layoutFlow([], flowSizes.normal)).toMatchObject({ height: 0, nodes: [], lines: [] })
  })

  test('长名字让框变高，而不是溢出', () => {
    const [short, long] = ['落户', '城乡居民基本医疗保险参保登记'].map((title) =>
      layoutFlow([{ id: 'a', title, after: [] }, node('b', 'a'), node('c', 'b')], flowSizes.normal).nodes[0]?.height ?? 0)
    expect(long).toBeGreaterThan(short ?? 0)
  })

  const links = fc.integer({ min: 1, max: 9 }).chain((count) => fc.tuple(...Array.from({ length: count }, (_, at) =>
    fc.subarray(Array.from({ length: at }, (_unused, before) => `n${before}`)).map((after) => node(`n${at}`, ...after)))))

  test('任何先后关系：框不重叠，等待的总在右边，都在画面之内', () => {
    fc.assert(fc.property(links, (given) => {
      const shape = layoutFlow(given, flowSizes.normal)
      const at = new Map(shape.nodes.map((one) => [one.id, one]))
      const places = shape.nodes.map(({ column, row }) => `${column}/${row}`)
      expect(new Set(places).size).toBe(places.length)
      for (const { id, after } of given) {
        const own = at.get(id)
        for (const one of after) expect(own?.column).toBeGreaterThan(at.get(one)?.column ?? Infinity)
        expect((own?.x ?? 0) + (own?.width ?? 0)).toBeLessThanOrEqual(shape.width)
        expect((own?.y ?? 0) + (own?.height ?? 0)).toBeLessThanOrEqual(shape.height)
      }
    }))
  })
})
