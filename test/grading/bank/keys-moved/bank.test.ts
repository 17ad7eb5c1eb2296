import { judgeBank } from '../../bank.js'

judgeBank('keys-moved')
