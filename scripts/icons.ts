import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import sharp from 'sharp'
import { iconPaths, type IconName } from '../src/components/icon-paths'
import { svgMarkup, type Ink } from '../src/platform/drawing-markup'

// Draws the bitmaps that WeChat and browsers demand from our own SVG sources: `npx tsx scripts/icons.ts`. The results are committed.

const assets = path.resolve(__dirname, '../src/assets')
const tabs: IconName[] = ['home', 'services', 'code', 'progress', 'me']
const tabSize = 81
const tabLimit = 40 * 1024

async function drawTab(name: IconName, ink: Ink, file: string) {
  const strokes = iconPaths[name].map((d) => ({ d, stroke: ink }))
  const svg = Buffer.from(svgMarkup({ width: 24, height: 24, strokes }))
  const png = await sharp(svg, { density: 72 * tabSize / 24 }).resize(tabSize, tabSize).png({ compressionLevel: 9 }).toBuffer()
  if (png.length > tabLimit) throw new Error(`${file}: ${png.length} bytes; WeChat takes ${tabLimit} at most`)
  await writeFile(path.join(assets, 'tab', file), png)
}

async function drawAppIcon(size: number) {
  const svg = await readFile(path.join(assets, 'source/app-icon.svg'))
  const png = await sharp(svg).resize(size, size).png({ compressionLevel: 9, palette: true }).toBuffer()
  await writeFile(path.resolve(__dirname, `../src/static/app-icon-${size}.png`), png)
}

async function main() {
  await mkdir(path.join(assets, 'tab'), { recursive: true })
  await mkdir(path.resolve(__dirname, '../src/static'), { recursive: true })
  for (const name of tabs) {
    await drawTab(name, 'ink-2', `${name}.png`)
    await drawTab(name, 'water-7', `${name}-on.png`)
  }
  for (const size of [180, 512]) await drawAppIcon(size)
}

void main()
