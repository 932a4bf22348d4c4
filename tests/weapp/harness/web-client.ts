/** A page as a person without a browser would meet it: its address after redirects, its status, its text. */
export interface Visit {
  url: string
  status: number
  html: string
}

const MAX_REDIRECTS = 20
const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]
const unescape = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&#x27;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** Walks server-rendered pages by fetch with a cookie jar: links, redirects and plain forms; no script runs. */
export class WebClient {
  readonly #jar = new Map<string, string>()
  last: Visit | null = null

  /** Where each host really is, for pages that redirect to a public origin. */
  constructor(private readonly reroute: (url: URL) => URL = (url) => url) {}

  get(url: string) {
    return this.#go(new URL(url, this.last?.url), { method: 'GET' })
  }

  post(url: string, fields: Record<string, string>) {
    return this.#go(new URL(url, this.last?.url), { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Presses the last page's button that reads `label`: its form is sent with the hidden fields, the button's own value and `fields`. */
  press(label: string, fields: Record<string, string> = {}) {
    const { html, url } = this.last ?? { html: '', url: '' }
    for (const [form] of html.matchAll(/<form\b[\s\S]*?<\/form>/g)) {
      const button = [...form.matchAll(/<button\b[^>]*>([\s\S]*?)<\/button>/g)].find(([, inner = '']) => plain(inner).includes(label))
      if (!button) continue
      const inputs = [...form.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag).filter((tag) => !/type="(checkbox|radio)"/.test(tag))
      const pairs = [...inputs, button[0].slice(0, button[0].indexOf('>') + 1)].map((tag) => [
        attribute(tag, 'name'),
        attribute(tag, 'value') ?? ''
      ])
      const named = pairs.filter((pair): pair is [string, string] => Boolean(pair[0])).map(([name, value]) => [name, unescape(value)])
      const values = { ...(Object.fromEntries(named) as Record<string, string>), ...fields }
      const open = form.slice(0, form.indexOf('>') + 1)
      const action = new URL(unescape(attribute(open, 'action') ?? url), url)
      if (attribute(open, 'method')?.toLowerCase() === 'post') return this.post(action.href, values)
      action.search = new URLSearchParams(values).toString()
      return this.get(action.href)
    }
    throw new Error(`no form button reads "${label}" at ${url}:\n${plain(html).slice(0, 400)}`)
  }

  async #go(start: URL, init: { method: string; body?: URLSearchParams }): Promise<Visit> {
    let url = start
    let { method, body } = init
    for (let hop = 0; hop < MAX_REDIRECTS; hop++) {
      const target = this.reroute(new URL(url))
      const reply = await fetch(target, { method, body, redirect: 'manual', headers: { cookie: this.#cookies(url) } })
      for (const line of reply.headers.getSetCookie()) this.#keep(url, line)
      const location = reply.headers.get('location')
      if (!location || reply.status < 300 || reply.status > 399) {
        this.last = { url: url.href, status: reply.status, html: await reply.text() }
        return this.last
      }
      url = new URL(location, url)
      if (reply.status !== 307 && reply.status !== 308) [method, body] = ['GET', undefined]
    }
    throw new Error(`more than ${MAX_REDIRECTS} redirects from ${start.href}`)
  }

  #keep(url: URL, line: string) {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
    const name = pair.slice(0, pair.indexOf('='))
    const gone = attributes.some(
      (part) => /^max-age=0$/i.test(part) || (/^expires=/i.test(part) && Date.parse(part.slice(8)) <= Date.now())
    )
    const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/'
    const key = `${url.hostname} ${path} ${name}`
    if (gone) this.#jar.delete(key)
    else this.#jar.set(key, pair)
  }

  #cookies(url: URL) {
    const fits = (key: string) => {
      const [host, path = '/'] = key.split(' ')
      return host === url.hostname && (url.pathname === path || url.pathname.startsWith(path.replace(/\/?$/, '/')))
    }
    return [...this.#jar]
      .filter(([key]) => fits(key))
      .map(([, pair]) => pair)
      .join('; ')
  }
}

const plain = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
