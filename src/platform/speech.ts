/** Whether this device reads aloud. */
export const canSpeak: boolean = typeof speechSynthesis !== 'undefined'

/** Reads the main part of the page in front; `onEnd` runs when it is through or stopped. */
export function speakPage(onEnd: () => void): void {
  const mains = [...document.querySelectorAll<HTMLElement>('main')]
  const main = mains.find((one) => one.offsetParent !== null)
  if (!main) return onEnd()
  const words = new SpeechSynthesisUtterance(main.innerText)
  words.lang = 'zh-CN'
  words.rate = 0.9
  words.onend = onEnd
  words.onerror = onEnd
  speechSynthesis.cancel()
  speechSynthesis.speak(words)
}

export function stopSpeaking(): void {
  if (canSpeak) speechSynthesis.cancel()
}
