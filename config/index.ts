import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import path from 'node:path'
import { esbuildTarget, legacyPackages, shippedFolders } from './targets'

const root = path.resolve(__dirname, '..')
const shipped = [...shippedFolders, ...legacyPackages.map((name) => `node_modules/${name}`)].map((folder) => path.join(root, folder))

/** The stand-in of WeChat takes the kinds of our messages for template ids; a request names three at most. */
const demoTemplates = 'case,correction,licence'

/**
 * Build settings of both ends. `TARO_APP_API_ORIGIN` is the origin of the API: empty on H5 (same origin as the page),
 * an https origin on the domain allow-list of WeChat for the mini-program.
 */
export default defineConfig(async (_merge, { command, mode }): Promise<UserConfigExport<'webpack5'>> => {
  const production = mode === 'production' || command !== 'build'
  const weapp = process.env.TARO_ENV === 'weapp'
  const origin = process.env.TARO_APP_API_ORIGIN ?? (weapp ? 'http://127.0.0.1:8080' : '')
  const subscribe = process.env.TARO_APP_SUBSCRIBE_TEMPLATES ?? demoTemplates
  return {
    projectName: 'zhangshangban',
    date: '2026-11-21',
    designWidth: 375,
    deviceRatio: { 375: 2 },
    sourceRoot: 'src',
    outputRoot: weapp ? 'dist/weapp' : 'dist/h5',
    framework: 'react',
    compiler: { type: 'webpack5', prebundle: { enable: false } },
    copy: { patterns: weapp ? [] : [{ from: 'src/static/', to: 'dist/h5/static/' }], options: {} },
    cache: { enable: !production },
    plugins: [path.join(__dirname, 'plugins/weapp-aria.js')],
    defineConstants: { API_ORIGIN: JSON.stringify(origin), SUBSCRIBE_TEMPLATES: JSON.stringify(weapp ? subscribe : '') },
    jsMinimizer: 'esbuild',
    cssMinimizer: 'csso',
    esbuild: { minify: { enable: true, config: { target: esbuildTarget } } },
    mini: {
      optimizeMainPackage: { enable: true },
      compile: { include: shipped },
      // rpx would shrink a 44 px target on a 320 px wide phone
      postcss: { pxtransform: { enable: false }, cssModules: { enable: false } },
      miniCssExtractPluginOption: { ignoreOrder: true },
    },
    h5: {
      publicPath: '/',
      staticDirectory: 'static',
      router: { mode: 'browser' },
      webpackChain: (chain) => {
        chain.plugin('shell-list').use(path.join(__dirname, 'plugins/shell-list.js'))
      },
      useHtmlComponents: false,
      compile: { include: shipped },
      output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
      miniCssExtractPluginOption: {
        ignoreOrder: true, filename: 'css/[name].[contenthash:8].css', chunkFilename: 'css/[name].[contenthash:8].css',
      },
      postcss: { pxtransform: { enable: false }, autoprefixer: { enable: true }, cssModules: { enable: false } },
      // The server hands out what the watching build writes: one origin, as in production (scripts/dev.ts)
      devServer: { open: false, hot: false, devMiddleware: { writeToDisk: true } },
    },
  }
})
