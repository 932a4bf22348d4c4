import { useAction } from '../../api/action'
import { asApiError } from '../../api/api-error'
import { answerReading } from '../../api/codes'
import { dropAsked } from '../../session/asked'

/** The yes or no to a reading. One that came too late, or was given on another phone, leaves nothing to answer. */
export function useAnswer(onAnswered: () => Promise<void>) {
  const { busy, fault, run } = useAction()
  const answer = (id: string, agree: boolean) =>
    run(async () => {
      try {
        await answerReading(id, agree)
      } catch (thrown) {
        if (asApiError(thrown).code === 'gone') dropAsked(id)
        throw thrown
      }
      dropAsked(id)
      await onAnswered()
    })
  return { busy, fault, answer }
}
