import { judgeBank } from '../../bank.js'

judgeBank('lock')
