import { judgeBank } from '../../bank.js'

judgeBank('local-cache')
