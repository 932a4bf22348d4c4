import type * as H from './speech'

export const canSpeak: typeof H.canSpeak = false

export const speakPage: typeof H.speakPage = (onEnd) => onEnd()

export const stopSpeaking: typeof H.stopSpeaking = () => undefined
