/* Stands in for x265, the HEVC encoder, to which the wheels' libheif is linked.
 *
 * x265 is under the GPL, is 23 MB large, and is used by nothing here: photos are read as HEIC,
 * never written. libheif asks for the encoder's functions when it is to encode, and says that it
 * can't where there are none. X265_API is the number that is part of the function's name.
 */

#define JOIN(first, second) first##second
#define NUMBERED(name, number) JOIN(name, number)

#ifdef _WIN32
#define SHOWN __declspec(dllexport)
#else
#define SHOWN __attribute__((visibility("default")))
#endif

SHOWN const void *NUMBERED(x265_api_get_, X265_API)(int depth)
{
    (void)depth;
    return 0;
}

SHOWN void x265_cleanup(void)
{
}
