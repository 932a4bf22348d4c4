/** The file is shown at once, and kept or sent on from there; H5 hands over a download instead. */
export const opensFiles: boolean = false

/** Gives the person a text as a file: a download on H5, a file to send on in the mini-program; false when the device refuses. */
export async function saveTextFile(name: string, text: string): Promise<boolean> {
  hand(name, new Blob([text], { type: 'application/json' }))
  return true
}

interface SaveFrom {
  url: string
  headers: Record<string, string>
  name: string
}

/** `text` is the reply's body when its status isn't 2xx; `given` is false when the device can't show what was fetched. */
interface Saved {
  status: number
  text: string
  given: boolean
}

/** Fetches a file and gives it to the person. Throws without a reply. */
export async function saveFileFrom({ url, headers, name }: SaveFrom): Promise<Saved> {
  const reply = await fetch(url, { headers, credentials: 'include' })
  if (!reply.ok) return { status: reply.status, text: await reply.text(), given: false }
  hand(name, await reply.blob())
  return { status: reply.status, text: '', given: true }
}

/** A download, as if a link had been pressed. */
function hand(name: string, content: Blob): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
