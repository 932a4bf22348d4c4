/** Writes static/shell.json: what the service worker keeps so that the app opens without network (src/static/sw.js). */
module.exports = class ShellList {
  apply(compiler) {
    const { Compilation, sources } = compiler.webpack
    compiler.hooks.thisCompilation.tap('ShellList', (compilation) => {
      compilation.hooks.processAssets.tap({ name: 'ShellList', stage: Compilation.PROCESS_ASSETS_STAGE_REPORT }, (assets) => {
        const files = Object.keys(assets).filter((name) => /\.(js|css|png|svg|woff2?)$/.test(name)).sort()
        compilation.emitAsset('static/shell.json', new sources.RawSource(JSON.stringify(files)))
      })
    })
  }
}
