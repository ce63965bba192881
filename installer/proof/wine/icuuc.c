/* For the proof under wine alone, and never shipped: Windows 10 has this library, wine has not.

   Qt6Core is linked to it and uses it for text in encodings that it doesn't know by itself, of which
   the program reads none. So every converter is unknown here. */

#define SHOWN __declspec(dllexport)
#define NOT_FOUND 4 /* U_FILE_ACCESS_ERROR */

SHOWN void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
SHOWN void ucnv_cbFromUWriteUChars(void) {}
SHOWN void ucnv_cbToUWriteUChars(void) {}
SHOWN void ucnv_close(void *converter) { (void)converter; }
SHOWN int ucnv_countAvailable(void) { return 0; }
SHOWN int ucnv_fromUCountPending(void) { return 0; }
SHOWN void ucnv_fromUnicode(void) {}
SHOWN const char *ucnv_getAvailableName(int number) { (void)number; return 0; }
SHOWN void ucnv_getFromUCallBack(void) {}
SHOWN signed char ucnv_getMaxCharSize(void) { return 1; }
SHOWN const char *ucnv_getName(void) { return 0; }
SHOWN const char *ucnv_getStandardName(void) { return 0; }
SHOWN void ucnv_getToUCallBack(void) {}
SHOWN void *ucnv_open(const char *name, int *error)
{
    (void)name;
    *error = NOT_FOUND;
    return 0;
}
SHOWN void ucnv_reset(void *converter) { (void)converter; }
SHOWN void ucnv_setFromUCallBack(void) {}
SHOWN void ucnv_setToUCallBack(void) {}
SHOWN int ucnv_toUCountPending(void) { return 0; }
SHOWN void ucnv_toUnicode(void) {}
