import { resolve } from 'node:path'
import { faultText } from '../catalogue/faults'
import { loadCatalogue, type Catalogue } from '../catalogue/load'

/** `npm run catalogue:check [目录]`：核对一座城市的目录，逐处列出毛病；有毛病退出码为 1。 */
const directory = process.argv[2] ?? 'catalogue/jiangyin'

function counts(catalogue: Catalogue): string {
  const of = (items: object, unit: string) => `${Object.keys(items).length} ${unit}`
  const { bundles, matters, licenceTypes, materials, departments, stages, scenes } = catalogue
  return [
    of(bundles, '件一件事'),
    of(matters, '个事项'),
    of(licenceTypes, '种证照'),
    of(materials, '份材料'),
    of(departments, '个部门'),
    of(stages, '个阶段'),
    of(scenes, '个亮码场景')
  ].join('，')
}

const result = loadCatalogue(resolve(directory))
if (result.ok) {
  console.log(`目录没有毛病：${counts(result.catalogue)}（${result.catalogue.city.name}，版本 ${result.revision}）`)
} else {
  for (const fault of result.faults) console.log(faultText(fault))
  console.log(`共 ${result.faults.length} 处毛病。改好后请再运行一次：写法有误的文件先要读得进来，里面的引用与条件才查得到`)
  process.exitCode = 1
}
